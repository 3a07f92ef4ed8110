import type { Table } from '../../trace/table.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';

const PUBLISHED = COLUMN['message.published'];
const UNIT = COLUMN['unit.sent'];

/** The row whose `column` is `id`, in a table in which that column only rises; -1: none. */
function rowOf(table: Table, column: number, id: number): number {
  // Ids count from 1 without a gap as long as nothing was left out, so the first guess is nearly always right.
  if (id >= 1 && id <= table.length && table.get(id - 1, column) === id) return id - 1;
  let low = 0;
  let high = table.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (table.get(middle, column) < id) low = middle + 1;
    else high = middle;
  }
  return low < table.length && table.get(low, column) === id ? low : -1;
}

/** The row of `message.published` of a message, or -1. */
export const publishedRow = (trace: Trace, message: number): number =>
  rowOf(trace.table('message.published'), PUBLISHED.message, message);

/** The text that a message carries, '' if none. */
export function textOf(trace: Trace, message: number): string {
  const row = publishedRow(trace, message);
  return row < 0 ? '' : (trace.strings[trace.table('message.published').get(row, PUBLISHED.text)] ?? '');
}

/** A protocol data unit as it was handed to its connection. */
export interface Unit {
  /** Key of the vocabulary. */
  what: string;
  firstMessage: number;
  messages: number;
}

/** The unit of this number, or null if the trace does not have it. */
export function unitOf(trace: Trace, unit: number): Unit | null {
  const table = trace.table('unit.sent');
  const row = rowOf(table, UNIT.unit, unit);
  if (row < 0) return null;
  return {
    what: trace.strings[table.get(row, UNIT.what)] ?? '',
    firstMessage: table.get(row, UNIT.message),
    messages: table.get(row, UNIT.messages),
  };
}

/** The text of a run of messages, cut off after `most` characters; whether there is more. */
export function textOfMessages(
  trace: Trace,
  first: number,
  count: number,
  most: number,
): { text: string; more: boolean } {
  let text = '';
  for (let message = first; message < first + count; message++) {
    text += textOf(trace, message);
    if (text.length > most) return { text: text.slice(0, most), more: true };
  }
  return { text, more: false };
}
