import { firstIndex } from '../../trace/search.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { readingOf } from '../reading/reading.ts';
import { firstByteUs } from './first-byte.ts';
import { type Exchange, keyOf, roleOf, tablesOf, timeOf } from './model.ts';

const UNIT = COLUMN['unit.sent'];

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
  const tls = readingOf(trace).secured.of(connection).length > 0;
  return {
    what: keyOf(trace, row),
    requestUs: trace.table('unit.sent').atUs(row),
    arrivedUs: receivedUs(trace, row),
    firstByteUs:
      head === undefined ? null : firstByteUs(trace, connection, row, head, tls, receivedUs(trace, head)),
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
