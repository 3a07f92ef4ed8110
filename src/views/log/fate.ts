import { COLUMN, type Trace } from '../../trace/trace.ts';
import { duration } from '../readout/units.ts';

const SENT = COLUMN['packet.sent'];

/** What has become of a packet by a time. */
export type Fate =
  | { kind: 'underway' }
  | { kind: 'arrived'; tookUs: number }
  | { kind: 'lost'; afterUs: number; reason: string };

/** The fate of the packet in a row of `packet.sent`, as far as it is decided at `nowUs`. */
export function fateOf(trace: Trace, row: number, nowUs: number): Fate {
  const table = trace.table('packet.sent');
  const drops = table.get(row, SENT.dropsAtUs);
  const length = drops >= 0 ? drops : table.get(row, SENT.arrivesAtUs);
  if (table.atUs(row) + length > nowUs) return { kind: 'underway' };
  if (drops < 0) return { kind: 'arrived', tookUs: length };
  return { kind: 'lost', afterUs: length, reason: trace.strings[table.get(row, SENT.reason)] ?? '' };
}

/** The same in a few words. */
export function fateWords(fate: Fate): string {
  if (fate.kind === 'underway') return 'under way';
  if (fate.kind === 'arrived') return `arrived after ${duration(fate.tookUs)}`;
  const { reason } = fate;
  return `lost after ${duration(fate.afterUs)}${reason === '' || reason === 'loss' ? '' : `, ${reason}`}`;
}
