import type { TraceHeader } from '../trace/trace.ts';
import type { ClientHost } from './client/client-host.ts';
import type { FaultPlan, Plan } from './contract/plan.ts';
import type { Vocabulary } from './contract/transport.ts';
import type { Parts } from './parts.ts';

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
  'http.last-chunk': {
    label: 'last chunk',
    role: 'control',
    explanation: 'A chunk of length zero ends a chunked response.',
  },
};

/** The header of a run's trace: everything a view may want to name. */
export function headerOf(
  plan: Plan,
  parts: Parts,
  world: { rooms: string[]; servers: readonly { name: string }[]; clients: readonly ClientHost[] },
): TraceHeader {
  const used = [...new Set(plan.clients.map(({ transport }) => transport.kind))].map(
    (kind) => parts.transports[kind],
  );
  const backplane = parts.backplanes[plan.backplane.kind];
  return {
    scenarioName: plan.name,
    seed: plan.seed,
    durationUs: Math.round(plan.durationMs * 1000),
    endUs: Math.round((plan.durationMs + plan.settleMs) * 1000),
    rooms: world.rooms,
    publishers: plan.publishers.map(({ name, room }) => ({ name, room: world.rooms.indexOf(room) })),
    servers: world.servers.map(({ name }) => ({ name })),
    clients: world.clients.map(({ client, name, group, crowd }) => ({
      name,
      group: group.name,
      groupTitle: group.name === group.transport.kind ? crowd.plugin.manifest.title : group.name,
      transport: group.transport.kind,
      link: client,
      rooms: group.rooms.map((room) => world.rooms.indexOf(room)),
    })),
    links: world.clients.map(({ client, name }) => ({ name, kind: 'access', client })),
    actors: world.clients.flatMap(({ client, channels, crowd }) =>
      channels.map((channel) => ({
        name:
          channels.length > 1
            ? `${crowd.plugin.manifest.title} ${world.rooms[channel.rooms[0] as number]}`
            : '',
        role: `${crowd.plugin.manifest.kind} client`,
        client,
        server: -1,
        connection: 0,
      })),
    ),
    faults: plan.faults.map((fault) => {
      const atUs = Math.round(fault.atMs * 1000);
      const endMs = fault.forMs === null ? plan.durationMs + plan.settleMs : fault.atMs + fault.forMs;
      const instant =
        fault.kind.startsWith('packet-') || fault.kind === 'publish' || fault.kind === 'network-switch';
      return {
        kind: fault.kind,
        target: fault.target ?? '',
        atUs,
        endUs: instant ? atUs : Math.round(endMs * 1000),
        label: faultLabel(fault),
        detail: fault.target ?? 'everybody',
      };
    }),
    vocabulary: Object.assign(
      {},
      STACK_VOCABULARY,
      backplane?.manifest.vocabulary,
      ...used.map((plugin) => plugin?.manifest.vocabulary),
    ),
    transports: Object.fromEntries(
      used.map((plugin) => [plugin?.manifest.kind, { title: plugin?.manifest.title ?? '' }]),
    ),
    backplane: { kind: plan.backplane.kind, title: backplane?.manifest.title ?? '' },
  };
}

/** A few words for the timeline. */
function faultLabel(fault: FaultPlan): string {
  const who = fault.target ?? '';
  switch (fault.kind) {
    case 'link-change':
      return Object.entries(fault.set ?? {})
        .map(([option, value]) => LINK_WORDS[option]?.(value as never) ?? option)
        .join(', ');
    case 'link-down':
      return `${who || 'all links'} down${fault.direction && fault.direction !== 'both' ? ` (${fault.direction})` : ''}`;
    case 'server-crash':
      return `${who || 'server'} crashes`;
    case 'server-pause':
      return `${who || 'server'} pauses`;
    case 'client-disconnect':
      return `${who || 'all'} disconnected`;
    case 'client-sleep':
      return `${who || 'all'} asleep`;
    case 'network-switch':
      return `${who || 'all'} change network`;
    case 'dns-down':
      return 'DNS down';
    case 'publish':
      return `typed “${fault.text ?? ''}”`;
    default:
      return `${fault.kind.slice('packet-'.length)} ${fault.packet ?? 'data'} ${fault.nth ?? 1} · ${who}`;
  }
}

const LINK_WORDS: Record<string, (value: never) => string> = {
  lossPct: (value) => `loss ${value} %`,
  rttMs: (value) => `RTT ${value} ms`,
  jitterMs: (value) => `jitter ±${value} ms`,
  rateKbps: (value) => (value === null ? 'no rate limit' : `${value} kbit/s`),
};
