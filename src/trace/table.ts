import { firstFrom } from './search.ts';

/** Rows in a chunk. */
export const CHUNK_ROWS = 8192;
/** Rows that there is room for at first, and by how much that grows: most tables of most runs are short. */
const FIRST_ROWS = 128;
const GROWTH = 8;
/** Keep columns from starting at the same place of the processor's cache, which is what a power of two would do. */
const SPARE_ROWS = 16;

/** One chunk of a table, as it is kept and as it is handed from the worker to the page. */
export interface Chunk {
  rows: number;
  /** Time of each row, µs. */
  atUs: Float64Array;
  /** Columns, one after the other: seq, cause, then the fields; column c of row r is at `c · stride + r`. */
  data: Int32Array;
  stride: number;
}

/** A chunk with room for so many rows. */
export function emptyChunk(columns: number, rows = CHUNK_ROWS): Chunk {
  const stride = rows + SPARE_ROWS;
  return { rows: 0, atUs: new Float64Array(rows), data: new Int32Array(stride * columns), stride };
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
    this.tail = emptyChunk(0, 0);
  }

  /** Makes room for one row and returns the chunk for it; the caller fills in row `chunk.rows - 1`. */
  grow(): Chunk {
    // Not the length of its arrays: a full chunk that was handed over has none left.
    if (this.tail.rows === this.tail.stride - SPARE_ROWS) this.#makeRoom();
    const { tail } = this;
    tail.rows++;
    this.length++;
    return tail;
  }

  #makeRoom(): void {
    const { tail, columns } = this;
    if (this.length === 0 || tail.rows === CHUNK_ROWS) {
      this.tail = emptyChunk(columns, this.length === 0 ? FIRST_ROWS : CHUNK_ROWS);
      this.chunks.push(this.tail);
      return;
    }
    const { atUs, data, stride } = emptyChunk(columns, tail.rows * GROWTH);
    atUs.set(tail.atUs);
    for (let column = 0; column < columns; column++)
      data.set(tail.data.subarray(column * tail.stride, column * tail.stride + tail.rows), column * stride);
    Object.assign(tail, { atUs, data, stride });
  }

  /** @param column 0 seq, 1 cause, 2 and on the fields */
  get(row: number, column: number): number {
    const chunk = this.chunks[(row / CHUNK_ROWS) | 0] as Chunk;
    return chunk.data[column * chunk.stride + (row % CHUNK_ROWS)] as number;
  }

  atUs(row: number): number {
    return (this.chunks[(row / CHUNK_ROWS) | 0] as Chunk).atUs[row % CHUNK_ROWS] as number;
  }

  /** The first row whose time is at or after `atUs` (length if there is none). O(log n). */
  firstAtOrAfter(atUs: number): number {
    return firstFrom(0, this.length, (row) => this.atUs(row) >= atUs);
  }

  /** The first row after time `atUs`: everything before it has happened by then. */
  firstAfter(atUs: number): number {
    return this.firstAtOrAfter(atUs + 1);
  }

  /** The row with this seq, or -1. */
  rowOfSeq(seq: number): number {
    return this.rowOf(0, seq);
  }

  /** The row whose `column` is `value`, or -1, in a column that only rises, as seqs and ids do. O(log n). */
  rowOf(column: number, value: number): number {
    if (this.length === 0) return -1;
    // Most ids count without a gap as long as nothing was left out, so the first guess is nearly always right.
    const guess = value - this.get(0, column);
    if (guess >= 0 && guess < this.length && this.get(guess, column) === value) return guess;
    const row = firstFrom(0, this.length, (each) => this.get(each, column) >= value);
    return row < this.length && this.get(row, column) === value ? row : -1;
  }

  /** Takes over a chunk that another thread made: appends it, or replaces the unfinished tail. */
  accept(index: number, chunk: Chunk): void {
    this.chunks[index] = chunk;
    this.chunks.length = index + 1;
    this.tail = chunk;
    this.length = index * CHUNK_ROWS + chunk.rows;
  }
}
