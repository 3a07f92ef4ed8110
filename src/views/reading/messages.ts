import { COLUMN, type Trace } from '../../trace/trace.ts';

const PUBLISHED = COLUMN['message.published'];
const UNIT = COLUMN['unit.sent'];

/** The row of `message.published` of a message, or -1. */
export const publishedRow = (trace: Trace, message: number): number =>
  trace.table('message.published').rowOf(PUBLISHED.message, message);

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
  const row = table.rowOf(UNIT.unit, unit);
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
