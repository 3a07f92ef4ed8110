import { PACKET } from '../../../trace/kinds.ts';
import { COLUMN, type Trace } from '../../../trace/trace.ts';
import type { FaultOffer } from '../model.ts';

const SENT = COLUMN['packet.sent'];

export interface PacketAim {
  /** Number of its link in the header. */
  link: number;
  /** -1: it goes between two places of the datacenter. */
  client: number;
  down: boolean;
  /** Bits of `packet.sent`. */
  what: number;
  sentUs: number;
  /** Lost because somebody wanted it so: the fault that did it can be taken away. */
  droppedByHand: boolean;
  lost: boolean;
  /** How a fault finds exactly this packet again; null where none can. */
  aim: Pick<FaultOffer, 'target' | 'between' | 'atUs' | 'direction' | 'packet' | 'nth' | 'what'> | null;
}

/**
 * How exactly this packet is found again in a run that is the same until it is sent: by its moment, and its place among
 * those that enter its direction of the link from that moment on. Lookups cross no link of the model, and what is sent
 * from an address that is no more, or meets no load balancer, enters none: they are not counted.
 */
export function aimAtPacket(trace: Trace, seq: number): PacketAim | null {
  const table = trace.table('packet.sent');
  const row = table.rowOfSeq(seq);
  if (row < 0) return null;
  const link = table.get(row, SENT.link);
  const client = trace.header?.links[link >> 1]?.client ?? -1;
  const down = (link & 1) === 1;
  const way = wayOf(trace, link >> 1, down);
  if (way === null) return null;
  const enters = (other: number) =>
    table.get(other, SENT.link) === link &&
    (table.get(other, SENT.what) & PACKET.DNS) === 0 &&
    !ENTERS_NOWHERE.includes(trace.strings[table.get(other, SENT.reason)] ?? '');
  const sentUs = table.atUs(row);
  let nth = 1;
  for (let other = table.firstAtOrAfter(sentUs); other < row; other++) if (enters(other)) nth++;
  const what = table.get(row, SENT.what);
  return {
    link: link >> 1,
    client,
    down,
    what,
    sentUs,
    lost: table.get(row, SENT.dropsAtUs) >= 0,
    droppedByHand: trace.strings[table.get(row, SENT.reason)] === 'dropped by hand',
    aim: enters(row) ? { ...way, atUs: sentUs, packet: 'any', nth, what } : null,
  };
}

/** Reasons of packets that end before a link. */
const ENTERS_NOWHERE = ['no route', 'load balancer down'];

/** What a fault calls one direction of a link; null: it has no name for it. */
function wayOf(
  { header }: Trace,
  link: number,
  down: boolean,
): Pick<FaultOffer, 'target' | 'between' | 'direction'> | null {
  const one = header?.links[link];
  if (header === null || one === undefined) return null;
  if (one.kind === 'access')
    return { target: header.clients[one.client]?.name ?? '', direction: down ? 'down' : 'up' };
  const ends =
    one.kind === 'backplane'
      ? [header.places[one.from]?.name, header.places[one.to]?.name]
      : [header.loadBalancer?.name, header.servers[link - header.clients.length]?.name];
  const [from, to] = down ? ends.toReversed() : ends;
  return from === undefined || to === undefined ? null : { target: null, between: [from, to] };
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
