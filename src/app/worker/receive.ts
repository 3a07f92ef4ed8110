import { emptyChunk } from '../../trace/table.ts';
import type { Trace } from '../../trace/trace.ts';
import type { TailRows, TraceNews } from './messages.ts';

/** The page's side of handing a trace over: lays what is new onto the page's copy. */
export function receive(trace: Trace, news: TraceNews): void {
  if (news.header !== null) trace.header = news.header;
  for (const string of news.strings) trace.strings.push(string);
  for (const { table, index, chunk } of news.full) trace.tables[table]?.accept(index, chunk);
  for (const tail of news.tails) receiveTail(trace, tail);
  trace.records = news.records;
  trace.omitted = news.omitted;
  trace.knownUntilUs = news.knownUntilUs;
}

function receiveTail(trace: Trace, tail: TailRows): void {
  const table = trace.tables[tail.table];
  if (table === undefined) return;
  const chunk = table.chunks[tail.index] ?? emptyChunk(table.columns);
  const rows = tail.to - tail.from;
  chunk.atUs.set(tail.atUs, tail.from);
  for (let column = 0; column < table.columns; column++) {
    const start = column * chunk.stride + tail.from;
    chunk.data.set(tail.data.subarray(column * rows, (column + 1) * rows), start);
  }
  chunk.rows = tail.to;
  table.accept(tail.index, chunk);
}
