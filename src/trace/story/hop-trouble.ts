import { PACKET } from '../kinds.ts';
import { COLUMN, type Trace } from '../trace.ts';
import type { Lookup } from './lookup.ts';
import { lossWords } from './resend-words.ts';
import { RowsOf } from './rows.ts';
import type { Step } from './story.ts';

const SENT = COLUMN['packet.sent'];
const UNIT = COLUMN['unit.sent'];
const HANDED = COLUMN['message.handed'];
const PUBLISHED = COLUMN['message.published'];

const MOST_LOSSES = 6;

/** Segments of a unit of hop 2 that were lost on its way, up to a time. @param row of `unit.sent` */
export function hopLosses({ trace }: Lookup, row: number, to: string, untilUs: number): Step[] {
  const units = trace.table('unit.sent');
  const packets = trace.table('packet.sent');
  const unit = units.get(row, UNIT.unit);
  const steps: Step[] = [];
  for (const at of lossesOf(trace).between(units.get(row, UNIT.connection), units.atUs(row), untilUs)) {
    if (packets.get(at, SENT.firstUnit) > unit || packets.get(at, SENT.lastUnit) < unit) continue;
    const atUs = packets.atUs(at) + packets.get(at, SENT.dropsAtUs);
    if (atUs > untilUs || steps.length === MOST_LOSSES) break;
    const reason = lossWords(trace.strings[packets.get(at, SENT.reason)] ?? '', '');
    steps.push({
      atUs,
      seq: packets.get(at, 0),
      text: `a segment of it to ${to} is lost (${reason})`,
      tone: 'loss',
      term: 'RTO',
    });
  }
  return steps;
}

const losses = new WeakMap<Trace, RowsOf>();

/** Rows of lost segments between places of the datacenter, by connection. */
function lossesOf(trace: Trace): RowsOf {
  let rows = losses.get(trace);
  if (rows === undefined) {
    const table = trace.table('packet.sent');
    rows = new RowsOf(table, (row, put) => {
      if (table.get(row, SENT.dropsAtUs) < 0 || (table.get(row, SENT.what) & PACKET.DATA) === 0) return;
      if (trace.header?.links[table.get(row, SENT.link) >> 1]?.kind === 'backplane')
        put(table.get(row, SENT.connection));
    });
    losses.set(trace, rows);
  }
  return rows;
}

/** Rows to look back at for what was handed over before. */
const LOOK_BACK = 400;

/** How many messages of the same publisher and room that were published later a server had before this one. */
export function overtakenBy(lookup: Lookup, row: number): number {
  const { trace } = lookup;
  const handed = trace.table('message.handed');
  const published = trace.table('message.published');
  const message = handed.get(row, HANDED.message);
  const server = handed.get(row, HANDED.server);
  const own = lookup.publishedRow(message);
  let newer = 0;
  for (let before = row - 1; before >= Math.max(0, row - LOOK_BACK); before--) {
    const other = handed.get(before, HANDED.message);
    if (handed.get(before, HANDED.server) !== server || other <= message) continue;
    const at = lookup.publishedRow(other);
    const same = [PUBLISHED.room, PUBLISHED.publisher].every(
      (column) => at >= 0 && own >= 0 && published.get(at, column) === published.get(own, column),
    );
    if (same && handed.get(before, HANDED.again) === 0) newer++;
  }
  return newer;
}
