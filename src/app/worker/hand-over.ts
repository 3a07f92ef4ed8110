import { CHUNK_ROWS, type Chunk } from '../../trace/table.ts';
import type { Trace } from '../../trace/trace.ts';
import type { FullChunk, TailRows, TraceNews } from './messages.ts';

/** What has been handed over of one table: whole chunks, and rows of the chunk after them. */
interface Sent {
  chunks: number;
  tailRows: number;
}

/**
 * The worker's side of handing a trace over. Full chunks change hands once and without a copy; of the unfinished chunk
 * only the rows that are new are copied, so the price follows what happened and not what is kept.
 */
export class HandOver {
  readonly #trace: Trace;
  readonly #sent: Sent[];
  #strings = 1; // index 0 is the empty string on both sides
  #headerSent = false;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#sent = trace.tables.map(() => ({ chunks: 0, tailRows: 0 }));
  }

  /** What is new since the last call, and the buffers to transfer with it. */
  take(): { news: TraceNews; transfer: ArrayBufferLike[] } {
    const trace = this.#trace;
    const full: FullChunk[] = [];
    const tails: TailRows[] = [];
    trace.tables.forEach((_table, table) => this.#takeTable(table, full, tails));
    const news: TraceNews = {
      header: this.#headerSent ? null : trace.header,
      full,
      tails,
      strings: trace.strings.slice(this.#strings),
      records: trace.records,
      omitted: trace.omitted,
      knownUntilUs: trace.knownUntilUs,
    };
    this.#strings = trace.strings.length;
    if (trace.header !== null) this.#headerSent = true;
    const transfer = [
      ...full.flatMap(({ chunk }) => [chunk.atUs.buffer, chunk.data.buffer]),
      ...tails.flatMap((tail) => [tail.atUs.buffer, tail.data.buffer]),
    ];
    return { news, transfer };
  }

  #takeTable(number: number, full: FullChunk[], tails: TailRows[]): void {
    const table = this.#trace.tables[number];
    const sent = this.#sent[number];
    if (table === undefined || sent === undefined) return;
    for (let chunk = table.chunks[sent.chunks]; chunk !== undefined; chunk = table.chunks[sent.chunks]) {
      if (chunk.rows < CHUNK_ROWS) {
        if (chunk.rows > sent.tailRows) {
          tails.push(copyRows(number, sent.chunks, sent.tailRows, table.columns, chunk));
          sent.tailRows = chunk.rows;
        }
        return;
      }
      full.push({ table: number, index: sent.chunks, chunk });
      sent.chunks++;
      sent.tailRows = 0;
    }
  }
}

/** Copies rows from `from` to the end of a chunk, with the columns packed one after the other. */
function copyRows(table: number, index: number, from: number, columns: number, chunk: Chunk): TailRows {
  const to = chunk.rows;
  const data = new Int32Array((to - from) * columns);
  for (let column = 0; column < columns; column++) {
    const start = column * chunk.stride;
    data.set(chunk.data.subarray(start + from, start + to), column * (to - from));
  }
  return { table, index, from, to, atUs: chunk.atUs.slice(from, to), data };
}
