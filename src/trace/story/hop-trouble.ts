import { PACKET, PROXY } from '../kinds.ts';
import { RowsOf } from '../rows.ts';
import { COLUMN, type Trace } from '../trace.ts';
import type { Lookup } from './lookup.ts';
import { lossWords, touchWords } from './resend-words.ts';
import type { Step } from './story.ts';

const SENT = COLUMN['packet.sent'];
const UNIT = COLUMN['unit.sent'];
const HANDED = COLUMN['message.handed'];
const PUBLISHED = COLUMN['message.published'];

const MOST_TROUBLES = 6;

/** What befell segments of a unit in the datacenter on its way, up to a time: lost, or delayed or copied by hand. @param row of `unit.sent` */
export function hopTroubles({ trace }: Lookup, row: number, to: string, untilUs: number): Step[] {
  const units = trace.table('unit.sent');
  const packets = trace.table('packet.sent');
  const unit = units.get(row, UNIT.unit);
  const steps: Step[] = [];
  for (const at of troublesOf(trace).between(units.get(row, UNIT.connection), units.atUs(row), untilUs)) {
    if (packets.get(at, SENT.firstUnit) > unit || packets.get(at, SENT.lastUnit) < unit) continue;
    const dropsUs = packets.get(at, SENT.dropsAtUs);
    const atUs = packets.atUs(at) + Math.max(0, dropsUs);
    if (atUs > untilUs || steps.length === MOST_TROUBLES) break;
    const reason = trace.strings[packets.get(at, SENT.reason)] ?? '';
    const segment = `a segment of it to ${to} is`;
    steps.push(
      dropsUs >= 0
        ? {
            atUs,
            seq: packets.get(at, 0),
            text: `${segment} lost (${lossWords(reason, '')})`,
            tone: 'loss',
            term: 'RTO',
          }
        : { atUs, seq: packets.get(at, 0), text: `${segment} ${touchWords(trace, at)}`, tone: 'wait' },
    );
  }
  return steps;
}

const troubles = new WeakMap<Trace, RowsOf>();

/** Rows of segments on links behind the clients' that were lost, or touched by hand, by connection. */
function troublesOf(trace: Trace): RowsOf {
  let rows = troubles.get(trace);
  if (rows === undefined) {
    const table = trace.table('packet.sent');
    rows = new RowsOf(table, (row, put) => {
      if ((table.get(row, SENT.what) & PACKET.DATA) === 0) return;
      if (table.get(row, SENT.dropsAtUs) < 0 && touchWords(trace, row) === '') return;
      const { kind, client = -1 } = trace.header?.links[table.get(row, SENT.link) >> 1] ?? {};
      const isBetween = trace.header?.loadBalancer != null || client === PROXY;
      if (kind === 'backplane' || kind === 'edge' || (kind === 'datacenter' && isBetween))
        put(table.get(row, SENT.connection));
    });
    troubles.set(trace, rows);
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
