import type { TraceHeader } from './header.ts';
import { type FieldOf, type FieldType, KIND_NAMES, KINDS, type Kind } from './kinds.ts';
import { type Chunk, Table } from './table.ts';

/** How much of a run is kept. `none` keeps nothing and computes no fingerprint: for benchmarks only. */
export type Keep = 'none' | 'fingerprint' | 'all';

/** Numbers of the kinds, for {@link Trace.add}. */
export const KIND = Object.fromEntries(KIND_NAMES.map((name, index) => [name, index])) as Record<
  Kind,
  number
>;

/** Column of each field of each kind, for {@link Table.get}. */
export const COLUMN = Object.fromEntries(
  KIND_NAMES.map((kind) => [
    kind,
    Object.fromEntries([
      ['seq', 0],
      ['cause', 1],
      ...Object.keys(KINDS[kind]).map((field, index) => [field, index + 2]),
    ]),
  ]),
) as { [K in Kind]: Record<FieldOf<K> | 'seq' | 'cause', number> };

/** Fields of each kind as pairs, for those who go through all of them for each record. */
const FIELDS = Object.fromEntries(KIND_NAMES.map((kind) => [kind, Object.entries(KINDS[kind])])) as Record<
  Kind,
  [field: string, type: FieldType][]
>;

/** A record as an object, for printing and for tests. */
export interface TraceRecord {
  seq: number;
  atUs: number;
  kind: Kind;
  cause?: number;
  [field: string]: number | string | undefined;
}

/**
 * The record of what happened: append-only, ordered by seq and time, and the only thing that views read.
 * The writing side calls {@link add}; the reading side queries {@link table}s by time.
 */
export class Trace {
  readonly keep: Keep;
  header: TraceHeader | null = null;
  /** Strings that records refer to. Index 0 is the empty string. */
  readonly strings: string[] = [''];
  readonly tables: Table[] = KIND_NAMES.map((kind) => new Table(Object.keys(KINDS[kind]).length));
  /** Records made so far, kept or not. */
  records = 0;
  /** Records that were not kept because `maxRows` was reached. */
  omitted = 0;
  /** Virtual time up to which the trace is complete, µs. */
  knownUntilUs = 0;
  /** Seq of the record that led to what is being recorded now (-1: none). The engine sets it. */
  cause = -1;

  readonly #maxRows: number;
  readonly #index = new Map<string, number>([['', 0]]);
  #hashA = 0x9e3779b9;
  #hashB = 0x85ebca6b;

  /** @param maxRows records to keep at most; what comes later is counted in {@link omitted}, and hashed all the same */
  constructor(keep: Keep, maxRows = 4_000_000) {
    this.keep = keep;
    this.#maxRows = maxRows;
  }

  /** The number of a string in {@link strings}. */
  text(value: string): number {
    if (value === '') return 0; // the reason of most packets
    let index = this.#index.get(value);
    if (index === undefined) {
      index = this.strings.push(value) - 1;
      this.#index.set(value, index);
    }
    return index;
  }

  /**
   * Appends a record. The values are the kind's fields in the order of {@link KINDS}; all are hashed.
   * @param kind a value of {@link KIND} @param atUs now
   * @returns the record's seq, which starts at 0
   */
  add(
    kind: number,
    atUs: number,
    f0 = 0,
    f1 = 0,
    f2 = 0,
    f3 = 0,
    f4 = 0,
    f5 = 0,
    f6 = 0,
    f7 = 0,
    f8 = 0,
    f9 = 0,
    f10 = 0,
    f11 = 0,
    f12 = 0,
    f13 = 0,
  ): number {
    if (this.keep === 'none') return -1;
    const seq = this.records++;
    let h = Math.imul(this.#hashA ^ kind, 0x85ebca6b) ^ (atUs | 0);
    h = Math.imul(h ^ (h >>> 15) ^ f0, 0xc2b2ae35) ^ f1;
    h = Math.imul(h ^ (h >>> 13) ^ f2, 0x27d4eb2f) ^ f3;
    const columns = (this.tables[kind] as Table).columns;
    if (columns > 6) {
      h = Math.imul(h ^ (h >>> 16) ^ f4, 0x165667b1) ^ f5;
      h = Math.imul(h ^ (h >>> 15) ^ f6, 0x85ebca6b) ^ f7;
      if (columns > 10) {
        h = Math.imul(h ^ (h >>> 13) ^ f8, 0xc2b2ae35) ^ f9;
        h = Math.imul(h ^ (h >>> 16) ^ f10, 0x27d4eb2f) ^ f11;
        h = Math.imul(h ^ (h >>> 15) ^ f12, 0x165667b1) ^ f13;
      }
    }
    this.#hashA = h ^ (h >>> 16);
    this.#hashB = Math.imul(this.#hashB ^ this.#hashA, 0x9e3779b1) ^ (this.#hashB >>> 15) ^ seq;
    if (this.keep !== 'all') return seq;
    if (seq >= this.#maxRows) {
      this.omitted++;
      return seq;
    }
    const chunk = (this.tables[kind] as Table).grow();
    const row = chunk.rows - 1;
    const { data, stride } = chunk;
    chunk.atUs[row] = atUs;
    data[row] = seq;
    data[stride + row] = this.cause;
    data[2 * stride + row] = f0;
    if (columns > 3) data[3 * stride + row] = f1;
    if (columns > 4) data[4 * stride + row] = f2;
    if (columns > 5) data[5 * stride + row] = f3;
    if (columns > 6) {
      data[6 * stride + row] = f4;
      if (columns > 7) data[7 * stride + row] = f5;
      if (columns > 8) data[8 * stride + row] = f6;
      if (columns > 9) {
        data[9 * stride + row] = f7;
        data[10 * stride + row] = f8;
        data[11 * stride + row] = f9;
        data[12 * stride + row] = f10;
        data[13 * stride + row] = f11;
        data[14 * stride + row] = f12;
        data[15 * stride + row] = f13;
      }
    }
    return seq;
  }

  table(kind: Kind): Table {
    return this.tables[KIND[kind]] as Table;
  }

  /** 64 bits over every record made so far, as 16 hexadecimal digits. */
  get fingerprint(): string {
    const hex = (value: number) => (value >>> 0).toString(16).padStart(8, '0');
    return hex(this.#hashA) + hex(this.#hashB);
  }

  /** One row of a table as an object: text as strings, links by name, times absolute; what is absent is left out. */
  record(kind: Kind, row: number): TraceRecord {
    const table = this.table(kind);
    const atUs = table.atUs(row);
    const record: TraceRecord = { seq: table.get(row, 0), atUs, kind };
    const cause = table.get(row, 1);
    if (cause >= 0) record.cause = cause;
    FIELDS[kind].forEach(([field, type], index) => {
      const value = table.get(row, index + 2);
      if (type === 'text') {
        if (value !== 0) record[field] = this.strings[value] ?? '';
      } else if (type === 'after') {
        if (value >= 0) record[field] = atUs + value;
      } else if (type === 'link') {
        const link = this.header?.links[value >> 1];
        record[field] = `${link?.name ?? value >> 1}/${value & 1 ? 'down' : 'up'}`;
      } else record[field] = value;
    });
    return record;
  }

  /**
   * Kept records in order of seq.
   * @param kinds only those of these kinds, each named once: where few are asked for, the rest costs nothing
   */
  *all(kinds: readonly Kind[] = KIND_NAMES): Generator<TraceRecord> {
    const tables = kinds.map((kind) => this.table(kind));
    const rows = new Int32Array(kinds.length);
    /** Seq of each table's next record; Infinity: it has none. */
    const seqs = new Float64Array(kinds.length);
    const look = (at: number) => {
      const [table, row] = [tables[at] as Table, rows[at] as number];
      seqs[at] = row < table.length ? table.get(row, 0) : Number.POSITIVE_INFINITY;
    };
    for (let at = 0; at < kinds.length; at++) look(at);
    for (;;) {
      let first = 0;
      for (let at = 1; at < seqs.length; at++) if ((seqs[at] as number) < (seqs[first] as number)) first = at;
      if (!Number.isFinite(seqs[first])) return;
      yield this.record(kinds[first] as Kind, rows[first] as number);
      rows[first] = (rows[first] as number) + 1;
      look(first);
    }
  }

  /** The record with this seq, or null if it was not kept. O(kinds · log n). */
  find(seq: number): TraceRecord | null {
    for (const kind of KIND_NAMES) {
      const row = this.table(kind).rowOfSeq(seq);
      if (row >= 0) return this.record(kind, row);
    }
    return null;
  }
}

export type { TraceHeader } from './header.ts';
export type { Chunk };
