import { RowsOf } from '../rows.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { habitOf } from './habits.ts';
import { type Lookup, way } from './lookup.ts';
import { hasCrashed } from './place.ts';
import { type Dial, dialsOf } from './ways.ts';
import { serverName, textAt } from './words.ts';

const UNIT = COLUMN['unit.sent'];
const ATTEMPT = COLUMN['connection.attempted'];

/** A server's pushing to a client: from its answer to the request on, until the response or the connection is over. */
export interface Stream {
  dial: Dial;
  fromUs: number;
  /** At the client's end; -1: it is not over. */
  endUs: number;
}

const REFUSALS = ['load-balancer.error', 'proxy.error', 'proxy.403', 'websocket.426'];
/** Whether a unit answers a request in a server's place, or opens no stream. */
export const isRefusal = (key: string): boolean => REFUSALS.includes(key);
/**
 * Who refused a request: not always who is at the other end, as a proxy passes on what a load balancer answers.
 * @param row of `unit.sent` of the answer
 */
export function refuserOf(lookup: Lookup, row: number): string {
  const { trace } = lookup;
  const units = trace.table('unit.sent');
  const key = textAt(trace, units.get(row, UNIT.what));
  if (key.startsWith('proxy.')) return 'the proxy';
  if (key.startsWith('load-balancer.')) return 'the load balancer';
  return serverName(trace, lookup.servedBy(units.get(row, UNIT.connection), units.atUs(row)));
}

/** What ends a response that streams. */
const END = 'http.last-chunk';

/** Whether units of a kind ask for updates, begin an answer to that, or end one. */
function marks(trace: Trace, key: string): boolean {
  if (isRefusal(key) || key === END) return true;
  const role = trace.header?.vocabulary[key]?.role;
  const [transport = ''] = key.split('.');
  return (role === 'request' || role === 'response') && trace.header?.transports[transport] !== undefined;
}

const marked = new WeakMap<Trace, RowsOf>();

/** Rows of `unit.sent` that mark how streams and polls begin and end, by connection and direction ({@link way}). */
function marksOf(trace: Trace): RowsOf {
  let rows = marked.get(trace);
  if (rows === undefined) {
    const units = trace.table('unit.sent');
    const known: (boolean | undefined)[] = [];
    rows = new RowsOf(units, (row, put) => {
      const what = units.get(row, UNIT.what);
      const is = known[what] ?? marks(trace, trace.strings[what] ?? '');
      known[what] = is;
      if (is) put(way(units.get(row, UNIT.connection), units.get(row, UNIT.down)));
    });
    marked.set(trace, rows);
  }
  return rows;
}

/** What a client has had to get at updates on. */
export interface Channels {
  /** Its attempts, by when each was last used for that: not those that only served to bring something of its own. */
  ways: readonly Dial[];
  /** What servers pushed to it on, oldest first; none for a client that asks each time. */
  streams: readonly Stream[];
}

/** By client; of the trace as long as that was. */
const known = new WeakMap<Trace, { rows: number; channels: Map<number, Channels> }>();

/** What a client has had to get at updates on: looked for once, until the trace grows. */
export function channelsOf(lookup: Lookup, client: number): Channels {
  const { trace } = lookup;
  const rows = trace.tables.reduce((sum, { length }) => sum + length, 0);
  let last = known.get(trace);
  if (last?.rows !== rows) known.set(trace, (last = { rows, channels: new Map() }));
  let channels = last.channels.get(client);
  if (channels === undefined) {
    const ways = waysOf(lookup, client);
    channels = { ways, streams: streamsOf(lookup, client, ways) };
    last.channels.set(client, channels);
  }
  return channels;
}

function waysOf(lookup: Lookup, client: number): Dial[] {
  const { trace } = lookup;
  const attempts = trace.table('connection.attempted');
  const units = trace.table('unit.sent');
  const used: { dial: Dial; seq: number }[] = [];
  for (const dial of dialsOf(lookup, client)) {
    const asked = askedRow(lookup, dial);
    const what = trace.strings[attempts.get(dial.row, ATTEMPT.what)] ?? '';
    if (asked >= 0) used.push({ dial, seq: units.get(asked, 0) });
    else if (marks(trace, what)) used.push({ dial, seq: dial.seq });
  }
  return used.sort((a, b) => a.seq - b.seq).map(({ dial }) => dial);
}

/** Row of the last request for updates on a connection, or -1. */
const askedRow = ({ trace }: Lookup, { connection }: Dial): number =>
  marksOf(trace).of(way(connection, 0)).at(-1) ?? -1;

function streamsOf(lookup: Lookup, client: number, ways: readonly Dial[]): Stream[] {
  const { trace } = lookup;
  if (habitOf(trace, client).asks) return [];
  const units = trace.table('unit.sent');
  return ways.flatMap((dial) => {
    const streams: Stream[] = [];
    for (const row of marksOf(trace).of(way(dial.connection, 1))) {
      const key = trace.strings[units.get(row, UNIT.what)] ?? '';
      const last = streams.at(-1);
      if (key === END && last !== undefined) last.endUs = units.atUs(row);
      else if (key !== END && !isRefusal(key))
        streams.push({ dial, fromUs: units.atUs(row), endUs: dial.closedUs });
    }
    return streams;
  });
}

/** Whether a stream is there at both ends. */
export function isOpen(lookup: Lookup, { dial, fromUs, endUs }: Stream): boolean {
  if (endUs >= 0 || lookup.closedRow(dial.connection, 1) >= 0) return false;
  const server = lookup.servedBy(dial.connection, fromUs);
  return !hasCrashed(lookup.trace, server, fromUs, lookup.trace.knownUntilUs);
}

/** Row of `unit.sent`: what a client's last request for updates was answered instead of being served; -1: it was not. */
export function refusalOf(lookup: Lookup, ways: readonly Dial[]): number {
  const { trace } = lookup;
  const last = ways.at(-1);
  if (last === undefined) return -1;
  const asked = askedRow(lookup, last);
  const answer = marksOf(trace)
    .of(way(last.connection, 1))
    .find((row) => row > asked);
  if (asked < 0 || answer === undefined) return -1;
  return isRefusal(trace.strings[trace.table('unit.sent').get(answer, UNIT.what)] ?? '') ? answer : -1;
}
