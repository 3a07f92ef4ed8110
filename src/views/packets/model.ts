import { PACKET, RESENT } from '../../trace/kinds.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { Matches } from '../log/matches.ts';
import { clientOfLink } from '../log/owners.ts';
import { readingOf } from '../reading/reading.ts';

const SENT = COLUMN['packet.sent'];

/** Which packets are wanted. */
export const SHOWS = ['all', 'with data', 'lost', 'sent again'] as const;
export type Show = (typeof SHOWS)[number];

export interface PacketFilter {
  show: Show;
  client: number | null;
}

/** The packets of a trace through a filter, by the time at which they were sent. */
export interface PacketModel {
  /** Rows of `packet.sent` that are there at `nowUs`. */
  at(nowUs: number): { count: number; row(index: number): number };
}

const accepts: Record<Show, (trace: Trace, row: number) => boolean> = {
  all: () => true,
  'with data': (trace, row) => trace.table('packet.sent').get(row, SENT.dataBytes) > 0,
  lost: (trace, row) => trace.table('packet.sent').get(row, SENT.dropsAtUs) >= 0,
  'sent again': (trace, row) => trace.table('packet.sent').get(row, SENT.why) > 0,
};

/** Makes the table of packets of a trace through a filter. */
export function packetModel(trace: Trace, { show, client }: PacketFilter): PacketModel {
  const table = trace.table('packet.sent');
  if (show === 'all' && client === null) {
    return { at: (nowUs) => ({ count: table.firstAfter(nowUs), row: (index) => index }) };
  }
  const matches = new Matches((row) => {
    if (client !== null && trace.header && clientOfLink(trace.header, table.get(row, SENT.link)) !== client)
      return false;
    return accepts[show](trace, row);
  });
  return {
    at(nowUs) {
      const end = table.firstAfter(nowUs);
      matches.grow(end);
      const count = matches.countBelow(end);
      // That a packet will be lost is not known while it is under way.
      const pending = show === 'lost' ? readingOf(trace).flights.at(nowUs) : [];
      if (pending.length === 0) return { count, row: (index) => matches.at(index) };
      const flying = new Set(pending);
      const settled = matches.countBelow(pending[0] as number);
      const tail: number[] = [];
      for (let index = settled; index < count; index++) {
        const row = matches.at(index);
        if (!flying.has(row)) tail.push(row);
      }
      return {
        count: settled + tail.length,
        row: (index) => (index < settled ? matches.at(index) : (tail[index - settled] as number)),
      };
    },
  };
}

const FLAGS = [
  [PACKET.SYN, 'SYN'],
  [PACKET.FIN, 'FIN'],
  [PACKET.RST, 'RST'],
  [PACKET.ACK, 'ACK'],
] as const;

/** The TCP flags of a packet that are recorded, "DNS" for a datagram. */
export function flagsOf(what: number): string {
  if (what & PACKET.UDP) return what & PACKET.DNS ? 'DNS' : 'UDP';
  return FLAGS.flatMap(([bit, name]) => (what & bit ? [name] : [])).join(' ');
}

/** A packet's own numbers. */
export interface PacketFacts {
  row: number;
  seq: number;
  atUs: number;
  link: number;
  down: boolean;
  packet: number;
  connection: number;
  bytes: number;
  dataBytes: number;
  what: number;
  udp: boolean;
  flags: string;
  seqNo: number;
  ackNo: number;
  firstUnit: number;
  lastUnit: number;
  /** Why it was sent again, '' for a first sending. */
  why: string;
  duplicate: boolean;
}

/** Reads a row of `packet.sent`. */
export function packetFacts(trace: Trace, row: number): PacketFacts {
  const table = trace.table('packet.sent');
  const get = (column: number) => table.get(row, column);
  const what = get(SENT.what);
  const why = get(SENT.why);
  return {
    row,
    seq: get(SENT.seq),
    atUs: table.atUs(row),
    link: get(SENT.link),
    down: (get(SENT.link) & 1) === 1,
    packet: get(SENT.packet),
    connection: get(SENT.connection),
    bytes: get(SENT.bytes),
    dataBytes: get(SENT.dataBytes),
    what,
    udp: (what & PACKET.UDP) !== 0,
    flags: flagsOf(what),
    seqNo: get(SENT.seqNo),
    ackNo: get(SENT.ackNo),
    firstUnit: get(SENT.firstUnit),
    lastUnit: get(SENT.lastUnit),
    why: why > 0 ? (RESENT[why] ?? 'again') : '',
    duplicate: (what & PACKET.DUPLICATE) !== 0,
  };
}
