import { KIND_NAMES, type Kind } from '../../trace/kinds.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';

const SEQ = COLUMN['packet.sent'].seq;

/** Where each record lies: kind and row by seq, for all kinds in one order. Grows with the trace. */
export class RecordIndex {
  readonly #trace: Trace;
  #kinds = new Uint8Array(1024);
  #rows = new Int32Array(1024);
  readonly #read = KIND_NAMES.map(() => 0);
  /** Seqs up to here (exclusive) have been looked up. */
  #length = 0;

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  /** How many records had happened by `atUs`: those with a lower seq than this. O(kinds · log n). */
  countAt(atUs: number): number {
    let count = 0;
    for (const table of this.#trace.tables) count += table.firstAfter(atUs);
    return count;
  }

  /** The kind of the record with this seq; its row is {@link rowOf}. */
  kindOf(seq: number): Kind {
    if (seq >= this.#length) this.#grow();
    return KIND_NAMES[this.#kinds[seq] as number] as Kind;
  }

  rowOf(seq: number): number {
    if (seq >= this.#length) this.#grow();
    return this.#rows[seq] as number;
  }

  atUs(seq: number): number {
    return this.#trace.table(this.kindOf(seq)).atUs(this.rowOf(seq));
  }

  // A trace keeps its records from the first on without a gap, so a seq is also a place in this index.
  #grow(): void {
    const { tables } = this.#trace;
    const length = tables.reduce((sum, table) => sum + table.length, 0);
    if (length > this.#rows.length) {
      const room = Math.max(length, this.#rows.length * 2);
      const kinds = new Uint8Array(room);
      const rows = new Int32Array(room);
      kinds.set(this.#kinds);
      rows.set(this.#rows);
      this.#kinds = kinds;
      this.#rows = rows;
    }
    tables.forEach((table, kind) => {
      for (let row = this.#read[kind] as number; row < table.length; row++) {
        const seq = table.get(row, SEQ);
        this.#kinds[seq] = kind;
        this.#rows[seq] = row;
      }
      this.#read[kind] = table.length;
    });
    this.#length = length;
  }
}

const indexes = new WeakMap<Trace, RecordIndex>();

/** The index of a trace: one for all views. */
export function recordIndexOf(trace: Trace): RecordIndex {
  let index = indexes.get(trace);
  if (index === undefined) indexes.set(trace, (index = new RecordIndex(trace)));
  return index;
}
