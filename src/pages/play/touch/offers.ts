import { asName } from '../../../trace/names.ts';
import type { Trace, TraceHeader } from '../../../trace/trace.ts';
import { isLinked, placeTitle } from '../../../views/reading/places.ts';
import type { FaultOffer } from '../model.ts';
import { aimAt } from './names.ts';
import { MOST_SERVERS } from './usual.ts';

/** What can be done to a client, besides its link. */
export function clientOffers(trace: Trace, client: number): FaultOffer[] {
  const target = aimAt(trace, client);
  if (target === null) return [];
  return [
    { kind: 'client-disconnect', label: 'Take it off the network for 5 s', target },
    { kind: 'client-sleep', label: 'Put its tab to sleep for 5 s', target },
    { kind: 'network-switch', label: 'Switch it from Wi-Fi to cellular', target },
    { kind: 'link-down', label: 'Cut its link for 2 s', target },
    {
      kind: 'packet-drop',
      label: 'Drop the next data packet to it',
      target,
      direction: 'down',
      packet: 'data',
      nth: 1,
    },
  ];
}

export function serverOffers(trace: Trace, server: number): FaultOffer[] {
  const target = trace.header?.servers[server]?.name;
  if (target === undefined) return [];
  return [
    { kind: 'server-crash', label: 'Crash it for 2 s', target },
    { kind: 'server-pause', label: 'Pause it for 2 s', target },
    { kind: 'server-drain', label: 'Drain it for 10 s', target },
    ...joinsOnlyNow(trace, server),
    ...newServer(trace.header),
    ...cutOff(trace, server, 'backplane', 'Cut it off from the backplane for 2 s'),
    ...unbalanced(trace, target),
    ...skew(trace, target),
  ];
}

/** A partition between a server and the load balancer, where there is one. */
const unbalanced = ({ header }: Trace, server: string): FaultOffer[] =>
  header === null || header.loadBalancer === null
    ? []
    : [
        {
          kind: 'partition',
          label: 'Cut it off from the load balancer for 2 s',
          target: null,
          between: [header.loadBalancer.name, server],
        },
      ];

/** A server that has been there from the start is there from now on only, where there are others until then. */
function joinsOnlyNow({ header }: Trace, server: number): FaultOffer[] {
  const { servers = [], faults = [] } = header ?? {};
  const target = servers[server]?.name;
  const joins = faults.some((fault) => fault.kind === 'server-join' && fault.target === target);
  return servers.length < 2 || target === undefined || joins
    ? []
    : [{ kind: 'server-join', label: 'Have it join only now', target }];
}

/** One server more than there are, from now on; none where there are as many as there may be. */
export function newServer(header: TraceHeader | null): FaultOffer[] {
  const { length } = header?.servers ?? [];
  return length === 0 || length >= MOST_SERVERS
    ? []
    : [{ kind: 'server-join', label: 'Have a new server join', target: `server-${length + 1}` }];
}

/** What can be done to a node of the backplane, or to a source. */
export function placeOffers(trace: Trace, place: number): FaultOffer[] {
  const one = trace.header?.places[place];
  if (one === undefined) return [];
  const { name: target, kind } = one;
  if (kind === 'source') return cutOff(trace, place, 'backplane', 'Cut it off from the backplane for 2 s');
  return [
    { kind: 'broker-crash', label: 'Crash it for 2 s', target },
    { kind: 'broker-pause', label: 'Pause it for 2 s', target },
    ...cutOff(trace, place, 'servers', 'Cut it off from all servers for 2 s'),
    ...cutOff(trace, place, 'backplane', 'Cut it off from the other nodes for 2 s'),
    ...cutOff(trace, place, 'publishers', 'Cut it off from the publishers for 2 s'),
    ...skew(trace, target),
  ];
}

/** What can be done to a link of hop 2. */
export function peerOffers(trace: Trace, link: number): FaultOffer[] {
  const { places = [], links = [] } = trace.header ?? {};
  const { from = -1, to = -1 } = links[link] ?? {};
  const between = [places[from]?.name ?? '', places[to]?.name ?? ''];
  const [a, b] = [from, to].map((place) => (trace.header ? placeTitle(trace.header, place) : ''));
  return [
    nextPacket(between, `Drop the next data packet to ${b}`),
    nextPacket(between.toReversed(), `Drop the next data packet to ${a}`),
    { kind: 'partition', label: 'Cut it for 2 s', target: null, between },
    { kind: 'partition', label: `Cut what goes to ${b} for 2 s`, target: null, between, direction: 'forth' },
    { kind: 'partition', label: `Cut what goes to ${a} for 2 s`, target: null, between, direction: 'back' },
  ];
}

export const BALANCER_OFFERS: readonly FaultOffer[] = [
  { kind: 'load-balancer-crash', label: 'Crash it for 2 s', target: null },
  { kind: 'load-balancer-pause', label: 'Pause it for 2 s', target: null },
];

/** A drop of what comes next from one place to another. */
const nextPacket = (between: readonly string[], label: string): FaultOffer => ({
  kind: 'packet-drop',
  label,
  target: null,
  between,
  packet: 'data',
  nth: 1,
});

/** The two sides of hop 2, as a partition names them: what is published comes to the servers from the first. */
export function hopEnds(header: TraceHeader): [string, 'servers'] {
  return [header.places.some(({ kind }) => kind === 'node') ? 'backplane' : 'publishers', 'servers'];
}

/** A partition between a place and a group of others, where there are links between them. */
function cutOff(trace: Trace, place: number, from: Group, label: string): FaultOffer[] {
  const { header } = trace;
  const name = header?.places[place]?.name;
  return header !== null && isLinkedTo(header, place, from) && name !== undefined
    ? [{ kind: 'partition', label, target: null, between: [name, from] }]
    : [];
}

type Group = 'servers' | 'backplane' | 'publishers';

/** Whether there are links between a place and others of a group. */
function isLinkedTo({ places, links }: TraceHeader, place: number, group: Group): boolean {
  const kind = { servers: 'server', backplane: 'node', publishers: 'source' }[group];
  return links.some((link) => {
    const other = link.from === place ? link.to : link.to === place ? link.from : -1;
    return other >= 0 && places[other]?.kind === kind;
  });
}

/** The group that a place has most to do with: the servers where it is linked with any. */
export function otherEnd(header: TraceHeader, place: number): Group | null {
  const groups = ['servers', 'backplane', 'publishers'] as const;
  return groups.find((group) => isLinkedTo(header, place, group)) ?? null;
}

/** A wrong clock, where somebody in hop 2 might look at it. */
const skew = (trace: Trace, target: string): FaultOffer[] =>
  trace.header !== null && isLinked(trace.header)
    ? [{ kind: 'clock-skew', label: 'Set its clock 1 s ahead for 10 s', target, byMs: 1000 }]
    : [];

/** All kinds of faults that can be put onto the timeline, as a list to choose from. `target`: which clients. */
export function placeableOffers(target: string | null, header: TraceHeader | null): FaultOffer[] {
  return [
    { kind: 'link-down', label: 'Cut the link', target },
    { kind: 'loss-burst', label: 'Lose 30 % of packets', target },
    { kind: 'link-change', label: 'Make the round trip 400 ms', target, set: { rttMs: 400 }, forMs: 2000 },
    { kind: 'packet-drop', label: 'Drop the next data packet', target },
    { kind: 'packet-delay', label: 'Delay the next data packet', target, byMs: 200 },
    { kind: 'packet-duplicate', label: 'Duplicate the next data packet', target },
    { kind: 'client-disconnect', label: 'Take off the network', target },
    { kind: 'client-sleep', label: 'Put the tab to sleep', target },
    { kind: 'network-switch', label: 'Switch from Wi-Fi to cellular', target },
    { kind: 'server-crash', label: 'Crash the server', target: null },
    { kind: 'server-pause', label: 'Pause the server', target: null },
    { ...drain(header), label: `Drain ${serverTitle(header)}` },
    ...newServer(header),
    { kind: 'dns-down', label: 'Take DNS down', target: null },
    ...hopOffers(header),
    ...(header !== null && isLinked(header) ? hopPackets(hopEnds(header)).slice(1) : []),
    { kind: 'publish', label: 'Type “!”', target: null, text: '!' },
  ];
}

/** What can become of the next packet of hop 2, a drop first. */
function hopPackets(between: readonly [string, string]): FaultOffer[] {
  const [from, to] = between;
  const packet = { target: null, between, packet: 'data', nth: 1 } as const;
  return [
    { kind: 'packet-drop', label: `Drop the next packet, ${from} to ${to}`, ...packet },
    { kind: 'packet-delay', label: `Delay the next packet, ${from} to ${to}`, ...packet, byMs: 200 },
    { kind: 'packet-duplicate', label: `Duplicate the next packet, ${from} to ${to}`, ...packet },
  ];
}

/** The first server drains, unless somebody says which. @param server its name */
export function drain(
  header: TraceHeader | null,
  server = header?.servers[0]?.name ?? 'server-1',
): FaultOffer {
  return { kind: 'server-drain', label: `Drain ${serverTitle(header, server)} for 10 s`, target: server };
}

const serverTitle = (header: TraceHeader | null, server = 'server-1'): string =>
  (header?.servers.length ?? 1) > 1 ? asName(server) : 'the server';

/**
 * What can go wrong in hop 2 and before the servers, as far as there is such a thing.
 * @param time how long it lasts, in the words of a label: nothing where that is said elsewhere
 */
export function hopOffers(header: TraceHeader | null, time: ' for 2 s' | '' = ''): FaultOffer[] {
  const offers: FaultOffer[] = [];
  const node = header?.places.find(({ kind }) => kind === 'node');
  if (node !== undefined)
    offers.push(
      { kind: 'broker-crash', label: `Crash ${node.title}${time}`, target: node.name },
      { kind: 'broker-pause', label: `Pause ${node.title}${time}`, target: node.name },
    );
  if (header !== null && isLinked(header)) {
    const ends = hopEnds(header);
    const between = ends.toReversed();
    offers.push({ kind: 'partition', label: `Part ${between.join(' and ')}${time}`, target: null, between });
    offers.push(...hopPackets(ends).slice(0, 1));
  }
  if (header !== null && header.loadBalancer !== null)
    offers.push({ kind: 'load-balancer-crash', label: `Crash the load balancer${time}`, target: null });
  return offers;
}
