import { firstIndex } from '../../trace/search.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { packetsOf } from '../packets/contents.ts';
import { readingOf } from '../reading/reading.ts';
import { type Exchange, keyOf, roleOf, tablesOf, timeOf } from './model.ts';

const UNIT = COLUMN['unit.sent'];
const SENT = COLUMN['packet.sent'];

/** The exchanges of a connection that may be seen between two times, oldest first. */
export function exchangesOf(trace: Trace, connection: number, fromUs: number, toUs: number): Exchange[] {
  const { requests, settled } = tablesOf(trace);
  const table = trace.table('unit.sent');
  const rows = requests.of(connection);
  const exchanges: Exchange[] = [];
  for (let i = Math.max(0, requests.countAt(connection, fromUs) - 1); i < rows.length; i++) {
    const row = rows[i] as number;
    if (table.atUs(row) > toUs) break;
    const before = settled.get(row);
    const exchange = before ?? exchangeAt(trace, connection, row, rows[i + 1]);
    exchanges.push(exchange);
    // Answered, and the next has been asked for: nothing about it changes any more.
    if (before === undefined && exchange.doneUs !== null && i + 1 < rows.length) settled.set(row, exchange);
  }
  return exchanges;
}

/** @param row of the request @param next row of the one after it, if there is one */
function exchangeAt(
  trace: Trace,
  connection: number,
  row: number,
  next = Number.POSITIVE_INFINITY,
): Exchange {
  const answer = answerUnits(trace, tablesOf(trace).units.of(connection), row, next);
  const [head] = answer;
  const last = answer.at(-1);
  return {
    what: keyOf(trace, row),
    requestUs: trace.table('unit.sent').atUs(row),
    arrivedUs: receivedUs(trace, row),
    firstByteUs: head === undefined ? null : firstByteUs(trace, connection, head),
    doneUs: last === undefined ? null : receivedUs(trace, last),
  };
}

/** Rows of the units that answer a request: from the response on to what is no longer part of it. */
function answerUnits(trace: Trace, all: readonly number[], request: number, next: number): number[] {
  const table = trace.table('unit.sent');
  const answer: number[] = [];
  let at = firstIndex(all, (row) => row > request);
  for (; at < all.length && (all[at] as number) < next; at++) {
    const row = all[at] as number;
    if (table.get(row, UNIT.down) !== 1) continue;
    const role = roleOf(trace, row);
    if (role === 'response' || (answer.length > 0 && keyOf(trace, row) === 'http.last-chunk'))
      answer.push(row);
    else if (answer.length > 0) break;
  }
  return answer;
}

function receivedUs(trace: Trace, row: number): number | null {
  const unit = trace.table('unit.sent').get(row, UNIT.unit);
  return timeOf(trace, 'unit.received', readingOf(trace).received.of(unit)[0]);
}

/** When the first packet with bytes of a unit arrives. */
function firstByteUs(trace: Trace, connection: number, row: number): number | null {
  const unit = trace.table('unit.sent').get(row, UNIT.unit);
  const table = trace.table('packet.sent');
  const packets = packetsOf(trace);
  const rows = packets.of(connection);
  const complete = receivedUs(trace, row);
  const from = packets.countAt(connection, trace.table('unit.sent').atUs(row) - 1);
  for (let i = from; i < rows.length; i++) {
    const packet = rows[i] as number;
    if (complete !== null && table.atUs(packet) > complete) break;
    if ((table.get(packet, SENT.link) & 1) === 0 || table.get(packet, SENT.dataBytes) === 0) continue;
    if (table.get(packet, SENT.firstUnit) > unit || table.get(packet, SENT.lastUnit) < unit) continue;
    if (table.get(packet, SENT.dropsAtUs) < 0)
      return table.atUs(packet) + table.get(packet, SENT.arrivesAtUs);
  }
  return complete;
}
