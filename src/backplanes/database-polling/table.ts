/** A row of the table of updates. */
export interface Row {
  /** By a sequence, when the INSERT is executed: rows may appear in another order, and some never. */
  id: number;
  /** created_at, µs. */
  createdUs: number;
  room: number;
  message: number;
  bytes: number;
  /** When its transaction was committed, µs of the run; -1: it is open. */
  committedUs: number;
  /** Of an open transaction: when it will be committed. */
  dueUs: number;
}

/** What a cursor of one kind goes by. */
export type Key = (row: Row) => number;

/** The rows of one room, with the index that is asked for. */
export class Table {
  readonly #key: Key;
  readonly #inclusive: boolean;
  /** By key, open transactions among them; rows of the same key in the order of their ids. */
  #rows: Row[] = [];

  /** @param key what the cursor goes by @param inclusive whether rows with the cursor's own key are asked for again */
  constructor(key: Key, inclusive: boolean) {
    this.#key = key;
    this.#inclusive = inclusive;
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  insert(row: Row): void {
    this.#rows.splice(this.#above(this.#key(row)), 0, row);
  }

  /** A crash rolls back what is open. @returns those rows */
  rollBack(): Row[] {
    const open = this.#rows.filter(({ committedUs }) => committedUs < 0);
    if (open.length > 0) this.#rows = this.#rows.filter(({ committedUs }) => committedUs >= 0);
    return open;
  }

  /** The last key that can be seen; -Infinity: there is no row. */
  lastKey(): number {
    for (let i = this.#rows.length - 1; i >= 0; i--)
      if ((this.#rows[i] as Row).committedUs >= 0) return this.#key(this.#rows[i] as Row);
    return Number.NEGATIVE_INFINITY;
  }

  /** What a SELECT sees behind a cursor. @param untilUs rows that were created later are left out */
  select(cursor: number, limit: number, untilUs = Number.POSITIVE_INFINITY): Row[] {
    const found: Row[] = [];
    for (let i = this.#inclusive ? this.#from(cursor) : this.#above(cursor); i < this.#rows.length; i++) {
      const row = this.#rows[i] as Row;
      if (row.committedUs < 0 || row.createdUs > untilUs) continue;
      found.push(row);
      if (found.length === limit) break;
    }
    return found;
  }

  /** Rows that a cursor left behind when it moved on, whether they can be seen or not. */
  passed(from: number, to: number): Row[] {
    return this.#inclusive
      ? this.#rows.slice(this.#from(from), this.#from(to))
      : this.#rows.slice(this.#above(from), this.#above(to));
  }

  /** Whether a cursor will never come to a row. */
  isBehind(row: Row, cursor: number): boolean {
    return this.#inclusive ? this.#key(row) < cursor : this.#key(row) <= cursor;
  }

  keyOf(row: Row): number {
    return this.#key(row);
  }

  /** Index of the first row with a larger key. */
  #above(key: number): number {
    return this.#search((each) => each > key);
  }

  /** Index of the first row with this key or a larger one. */
  #from(key: number): number {
    return this.#search((each) => each >= key);
  }

  #search(fits: (key: number) => boolean): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (fits(this.#key(this.#rows[middle] as Row))) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
