/**
 * Rows in a chunk. Columns of a chunk lie one after the other in one buffer; the 16 spare rows keep them from
 * starting at the same place of the processor's cache, which is what a power of two would do.
 */
export const CHUNK_ROWS = 8192;
const STRIDE = CHUNK_ROWS + 16;

/** One chunk of a table, as it is kept and as it is handed from the worker to the page. */
export interface Chunk {
  rows: number;
  /** Time of each row, µs. */
  atUs: Float64Array;
  /** Columns: seq, cause, then the fields; column c of row r is at `c · stride + r`. */
  data: Int32Array;
}

/**
 * An append-only table of integer columns in chunks, ordered by time and by seq.
 * Column 0 is the record's seq, column 1 the seq of the record that led to it (-1: none), the rest its fields.
 */
export class Table {
  readonly columns: number;
  readonly chunks: Chunk[] = [];
  length = 0;

  /** The chunk that is being filled; its `rows` say how far. */
  tail: Chunk;

  constructor(fields: number) {
    this.columns = fields + 2;
    // Nothing fits in here, so that the first row asks for a real chunk.
    this.tail = { rows: CHUNK_ROWS, atUs: new Float64Array(0), data: new Int32Array(0) };
  }

  /** Makes room for one row and returns the chunk for it; the caller fills in row `chunk.rows - 1`. */
  grow(): Chunk {
    let { tail } = this;
    if (tail.rows === CHUNK_ROWS) {
      tail = { rows: 0, atUs: new Float64Array(CHUNK_ROWS), data: new Int32Array(STRIDE * this.columns) };
      this.chunks.push(tail);
      this.tail = tail;
    }
    tail.rows++;
    this.length++;
    return tail;
  }

  /** @param column 0 seq, 1 cause, 2 and on the fields */
  get(row: number, column: number): number {
    const chunk = this.chunks[(row / CHUNK_ROWS) | 0] as Chunk;
    return chunk.data[column * STRIDE + (row % CHUNK_ROWS)] as number;
  }

  atUs(row: number): number {
    return (this.chunks[(row / CHUNK_ROWS) | 0] as Chunk).atUs[row % CHUNK_ROWS] as number;
  }

  /** The first row whose time is at or after `atUs` (length if there is none). O(log n). */
  firstAtOrAfter(atUs: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.atUs(middle) < atUs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first row after time `atUs`: everything before it has happened by then. */
  firstAfter(atUs: number): number {
    return this.firstAtOrAfter(atUs + 1);
  }

  /** The row with this seq, or -1. */
  rowOfSeq(seq: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.get(middle, 0) < seq) low = middle + 1;
      else high = middle;
    }
    return low < this.length && this.get(low, 0) === seq ? low : -1;
  }

  /** Takes over a chunk that another thread made: appends it, or replaces the unfinished tail. */
  accept(index: number, chunk: Chunk): void {
    this.chunks[index] = chunk;
    this.chunks.length = index + 1;
    this.tail = chunk;
    this.length = index * CHUNK_ROWS + chunk.rows;
  }
}

/** Offset of a column within a chunk's data. */
export const columnOffset = (column: number): number => column * STRIDE;
