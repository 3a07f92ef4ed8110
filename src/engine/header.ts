import type { TraceHeader } from '../trace/header.ts';
import { PROXY as PROXY_END } from '../trace/kinds.ts';
import type { BackplaneManifest } from './contract/backplane.ts';
import type { GroupPlan, Plan } from './contract/plan.ts';
import { proxyReads } from './contract/proxy.ts';
import type { TransportManifest, Vocabulary } from './contract/transport.ts';
import { faultOf } from './header-faults.ts';
import { layoutOf, membersOf, serverNames } from './layout.ts';
import { BALANCER, PROXY } from './targets.ts';
import { topicNames } from './topics.ts';

/** What the stack itself calls things; transports and backplanes add their own words. */
export const STACK_VOCABULARY: Vocabulary = {
  'tls.client-hello': {
    label: 'ClientHello',
    role: 'control',
    explanation: 'The client offers TLS versions, ciphers and its half of the key exchange.',
  },
  'tls.server-flight': {
    label: 'ServerHello … Finished',
    role: 'control',
    explanation:
      'The server answers with its half of the key, its certificate and the proof that it owns it.',
  },
  'tls.finished': {
    label: 'Finished',
    role: 'control',
    explanation: 'The client confirms that both ends saw the same handshake.',
  },
  'tls.server-finished': {
    label: 'Finished',
    role: 'control',
    explanation: 'The server confirms the handshake; only TLS 1.2 makes the client wait for it.',
  },
  'tls.session-tickets': {
    label: 'session tickets',
    role: 'control',
    explanation: 'With a ticket the next connection resumes without a certificate.',
  },
  'http.post': {
    label: 'POST',
    role: 'request',
    explanation: 'A client brings an update that it wrote, in a request of its own.',
  },
  'http.posted': {
    label: '204 No Content',
    role: 'response',
    explanation: 'The server has the update and passes it on.',
  },
  'http.snapshot': {
    label: 'GET snapshot',
    role: 'request',
    explanation: 'A client that has noticed a gap asks for the room’s state in place of what it missed.',
  },
  'http.snapshot-answer': {
    label: 'snapshot',
    role: 'data',
    explanation: 'A room’s state at a version, in place of the messages that made it.',
  },
  snapshot: {
    label: 'a snapshot',
    role: 'control',
    explanation: 'The server’s CPU time for making a room’s snapshot.',
  },
  'http.last-chunk': {
    label: 'last chunk',
    role: 'control',
    explanation: 'A chunk of length zero ends a chunked response.',
  },
};

/** A link that is no client's, and between no two places. */
const nowhere = (isProxys: boolean) => ({ client: isProxys ? PROXY_END : -1, from: -1, to: -1 });

/** Manifests by kind: all that naming things takes. */
export interface Manifests {
  transports: Readonly<Record<string, TransportManifest>>;
  backplanes: Readonly<Record<string, BackplaneManifest>>;
}

/** A group that is named after its transport is called as that is. */
export const groupTitle = (
  { name, transport: { kind } }: GroupPlan,
  transports: Manifests['transports'],
): string => (name === kind ? (transports[kind]?.title ?? kind) : name);

/**
 * The header of a run's trace: everything a view may want to name. It follows from the plan alone.
 * @param machines the charts of the machines at work, where they are at hand (`chartsOf`)
 * @param words of what stands between clients and servers, where they are at hand
 */
export function headerOf(
  plan: Plan,
  manifests: Manifests,
  machines: TraceHeader['machines'] = {},
  words: Vocabulary = {},
): TraceHeader {
  const rooms = roomsOf(plan);
  const clients = membersOf(plan);
  const kinds = [...new Set(plan.clients.map(({ transport }) => transport.kind))];
  const used = kinds.map((kind) => manifests.transports[kind] as TransportManifest);
  const backplane = manifests.backplanes[plan.backplane.kind] as BackplaneManifest;
  const layout = layoutOf(plan, backplane);
  const isBehindProxy = proxyReads(plan.edge) && plan.edge.loadBalancer === null;
  const placeOf = (name: string) =>
    layout.places.findIndex((place) => place.kind === 'source' && place.name === name);
  const named = {
    loadBalancer: loadBalancerOf(plan),
    clients: clients.map(({ group, name }, client) => ({
      name,
      group: group.name,
      groupTitle: groupTitle(group, manifests.transports),
      transport: group.transport.kind,
      link: client,
      rooms: group.rooms.map((room) => rooms.indexOf(room)),
    })),
    places: [...layout.places],
  };
  return {
    scenarioName: plan.name,
    seed: plan.seed,
    durationUs: Math.round(plan.durationMs * 1000),
    endUs: Math.round((plan.durationMs + plan.settleMs) * 1000),
    rooms,
    publishers: plan.publishers.map(({ name, room, client }) => ({
      name,
      room: rooms.indexOf(room),
      place: client === null ? placeOf(name) : -1,
      clients: writersOf(plan, client),
    })),
    loadBalancer: named.loadBalancer,
    proxy: proxyOf(plan),
    servers: serverNames(plan).map((name) => ({ name })),
    clients: named.clients,
    links: [
      ...clients.map(({ name }, client) => ({ name, kind: 'access' as const, client, from: -1, to: -1 })),
      ...layout.servers.map((name) => ({ ...nowhere(isBehindProxy), name, kind: 'datacenter' as const })),
      ...layout.peers.map((peer) => ({ ...peer, kind: 'backplane' as const, client: -1 })),
      ...(layout.edge === null ? [] : [{ ...nowhere(true), name: layout.edge, kind: 'edge' as const }]),
    ],
    places: named.places,
    actors: clients.flatMap(({ group }, client) => actorsOf(group, client, manifests)),
    faults: plan.faults.map((fault) => faultOf(fault, plan, layout, named)),
    vocabulary: Object.assign(
      {},
      STACK_VOCABULARY,
      words,
      backplane.vocabulary,
      ...used.map(({ vocabulary }) => vocabulary),
    ),
    transports: Object.fromEntries(
      used.map(({ kind, title, about, sources, leavesOut }) => [kind, { title, about, sources, leavesOut }]),
    ),
    backplane: backplaneOf(plan, backplane, topicNames(plan, rooms)),
    machines,
  };
}

function backplaneOf(
  plan: Plan,
  manifest: BackplaneManifest,
  rooms: readonly string[],
): TraceHeader['backplane'] {
  const options = plan.backplane;
  const { kind, title, about, sources, leavesOut, logs, consumers } = manifest;
  const limit = manifest.bufferLimitBytes?.(options) ?? null;
  return {
    kind,
    title,
    about,
    sources,
    leavesOut,
    logs: logs?.(options, rooms) ?? [],
    consumers: (consumers?.(options, serverNames(plan)) ?? []).map((name) => ({ name })),
    ...(limit === null ? {} : { bufferLimitBytes: limit }),
  };
}

/** The clients that a publisher's `client` names, by number: one, or a group's in turn. */
export function writersOf(plan: Plan, client: string | null): number[] {
  if (client === null) return [];
  return membersOf(plan).flatMap(({ name, group }, number) =>
    name === client || group.name === client ? [number] : [],
  );
}

function loadBalancerOf({ edge: { loadBalancer } }: Plan): TraceHeader['loadBalancer'] {
  if (loadBalancer === null) return null;
  if (loadBalancer.kind === 'layer-4') return { name: BALANCER, layer: 4, collects: false };
  const collects = loadBalancer.bufferBytes !== null;
  const removes = loadBalancer.upgrade === 'removed' ? { removes: 'Upgrade' as const } : {};
  return { name: BALANCER, layer: 7, collects, ...removes };
}

function proxyOf({ edge }: Plan): TraceHeader['proxy'] {
  const { proxy } = edge;
  if (proxy === null) return null;
  const reads = proxyReads(edge);
  const { upgrade, responses } = proxy;
  const withUpgrade = reads && upgrade !== 'passed' ? { upgrade } : {};
  return { name: PROXY, reads, collects: reads && responses === 'buffered', ...withUpgrade };
}

/** The rooms of a plan, in the order of their numbers: those that are published to, then those that are only watched. */
export function roomsOf(plan: Plan): string[] {
  const published = plan.publishers.map(({ room }) => room);
  return [...new Set([...published, ...plan.clients.flatMap(({ rooms }) => rooms)])];
}

/** The rooms of each machine of a client: one machine for all of them, or one for each. */
export function channelsOf(
  group: GroupPlan,
  manifest: TransportManifest,
  rooms: readonly number[],
): number[][] {
  const apart = manifest.perRoom !== undefined && group.transport[manifest.perRoom] === true;
  return apart ? rooms.map((room) => [room]) : [[...rooms]];
}

function actorsOf(group: GroupPlan, client: number, manifests: Manifests): TraceHeader['actors'] {
  const manifest = manifests.transports[group.transport.kind] as TransportManifest;
  const channels = channelsOf(
    group,
    manifest,
    group.rooms.map((_, index) => index),
  );
  const { kind, title } = manifest;
  return channels.map(([first]) => ({
    name: channels.length > 1 ? `${title} ${group.rooms[first as number]}` : '',
    role: `${kind} client`,
    client,
    server: -1,
    connection: 0,
  }));
}
