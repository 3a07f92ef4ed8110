import { PACKET } from '../../../trace/kinds.ts';
import { COLUMN, type Trace, type TraceHeader } from '../../../trace/trace.ts';
import { isLinked, placeTitle } from '../../../views/reading/places.ts';
import type { FaultOffer } from '../model.ts';
import { aimAt } from './names.ts';

const SENT = COLUMN['packet.sent'];

export interface PacketAim {
  client: number;
  down: boolean;
  /** Bits of `packet.sent`. */
  what: number;
  sentUs: number;
  /** Lost because somebody wanted it so: the fault that did it can be taken away. */
  droppedByHand: boolean;
  lost: boolean;
  /** How a fault finds exactly this packet again; null where none can. */
  aim: Pick<FaultOffer, 'target' | 'atUs' | 'direction' | 'packet' | 'nth' | 'what'> | null;
}

/**
 * How exactly this packet is found again in a run that is the same until it is sent: by its moment, and its place among
 * those that enter its direction of the link from that moment on. Lookups cross no link of the model, and what is sent
 * from an address that is no more enters none: they are not counted.
 */
export function aimAtPacket(trace: Trace, seq: number): PacketAim | null {
  const table = trace.table('packet.sent');
  const row = table.rowOfSeq(seq);
  if (row < 0) return null;
  const link = table.get(row, SENT.link);
  const client = trace.header?.links[link >> 1]?.client ?? -1;
  const one = trace.header?.clients[client];
  if (one === undefined) return null;
  const enters = (other: number) =>
    table.get(other, SENT.link) === link &&
    (table.get(other, SENT.what) & PACKET.DNS) === 0 &&
    trace.strings[table.get(other, SENT.reason)] !== 'no route';
  const sentUs = table.atUs(row);
  let nth = 1;
  for (let other = table.firstAtOrAfter(sentUs); other < row; other++) if (enters(other)) nth++;
  const down = (link & 1) === 1;
  const what = table.get(row, SENT.what);
  return {
    client,
    down,
    what,
    sentUs,
    lost: table.get(row, SENT.dropsAtUs) >= 0,
    droppedByHand: trace.strings[table.get(row, SENT.reason)] === 'dropped by hand',
    aim: enters(row)
      ? { target: one.name, atUs: sentUs, direction: down ? 'down' : 'up', packet: 'any', nth, what }
      : null,
  };
}

/** What can be done to a packet. */
export function packetOffers(trace: Trace, seq: number, byMs = 200): FaultOffer[] {
  const packet = aimAtPacket(trace, seq);
  if (packet === null || packet.aim === null || packet.lost) return [];
  const word = packet.what & PACKET.DATA ? 'this segment' : 'this packet';
  return [
    { kind: 'packet-drop', label: `Drop ${word}`, ...packet.aim },
    { kind: 'packet-delay', label: `Delay ${word} by ${byMs} ms`, ...packet.aim, byMs },
    { kind: 'packet-duplicate', label: `Duplicate ${word}`, ...packet.aim },
  ];
}

/** What can be done to a client, besides its link. */
export function clientOffers(trace: Trace, client: number): FaultOffer[] {
  const target = aimAt(trace, client);
  if (target === null) return [];
  return [
    { kind: 'client-disconnect', label: 'Off the network for 5 s', target },
    { kind: 'client-sleep', label: 'Put the tab to sleep for 5 s', target },
    { kind: 'network-switch', label: 'Switch from Wi-Fi to cellular', target },
    { kind: 'link-down', label: 'Cut the link for 2 s', target },
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
    ...cutOff(trace, server, 'backplane', 'Cut it off from the backplane for 2 s'),
    ...skew(trace, target),
  ];
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
    { kind: 'partition', label: 'Cut it for 2 s', target: null, between },
    { kind: 'partition', label: `Cut what goes to ${b} for 2 s`, target: null, between, direction: 'forth' },
    { kind: 'partition', label: `Cut what goes to ${a} for 2 s`, target: null, between, direction: 'back' },
  ];
}

export const BALANCER_OFFERS: readonly FaultOffer[] = [
  { kind: 'load-balancer-crash', label: 'Crash it for 2 s', target: null },
  { kind: 'load-balancer-pause', label: 'Pause it for 2 s', target: null },
];

/** A partition between a place and a group of others, where there are links between them. */
function cutOff(
  trace: Trace,
  place: number,
  from: 'servers' | 'backplane' | 'publishers',
  label: string,
): FaultOffer[] {
  const { places = [], links = [] } = trace.header ?? {};
  const kind = { servers: 'server', backplane: 'node', publishers: 'source' }[from];
  const linked = links.some((link) => {
    const other = link.from === place ? link.to : link.to === place ? link.from : -1;
    return other >= 0 && places[other]?.kind === kind;
  });
  const name = places[place]?.name;
  return linked && name !== undefined
    ? [{ kind: 'partition', label, target: null, between: [name, from] }]
    : [];
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
    { kind: 'loss-burst', label: 'Burst of loss, 30 %', target },
    { kind: 'link-change', label: 'Slow link, 400 ms', target, set: { rttMs: 400 }, forMs: 2000 },
    { kind: 'packet-drop', label: 'Drop next data packet', target },
    { kind: 'packet-delay', label: 'Delay next data packet', target, byMs: 200 },
    { kind: 'packet-duplicate', label: 'Duplicate next data packet', target },
    { kind: 'client-disconnect', label: 'Off the network', target },
    { kind: 'client-sleep', label: 'Tab asleep', target },
    { kind: 'network-switch', label: 'Wi-Fi to cellular', target },
    { kind: 'server-crash', label: 'Server crash', target: null },
    { kind: 'server-pause', label: 'Server pause', target: null },
    { kind: 'dns-down', label: 'DNS down', target: null },
    ...hopOffers(header),
    { kind: 'publish', label: 'Somebody types “!”', target: null, text: '!' },
  ];
}

/** What can go wrong in hop 2 and before the servers, as far as there is such a thing. */
export function hopOffers(header: TraceHeader | null): FaultOffer[] {
  const offers: FaultOffer[] = [];
  const node = header?.places.find(({ kind }) => kind === 'node');
  if (node !== undefined)
    offers.push(
      { kind: 'broker-crash', label: `${node.title} crashes`, target: node.name },
      { kind: 'broker-pause', label: `${node.title} pauses`, target: node.name },
    );
  if (header !== null && isLinked(header)) {
    const ends = node === undefined ? ['servers', 'publishers'] : ['servers', 'backplane'];
    offers.push({ kind: 'partition', label: `${ends.join(' and ')} parted`, target: null, between: ends });
  }
  if (header !== null && header.loadBalancer !== null)
    offers.push({ kind: 'load-balancer-crash', label: 'Load balancer crash', target: null });
  return offers;
}
