import type { Table } from '../../trace/table.ts';

const NONE: readonly number[] = [];

/**
 * The rows of a table, grouped by a key that each row has: all that happened to one client, one actor, one connection.
 * It grows with the table, so every row is looked at once; asking for a time is O(log n).
 */
export class RowsBy {
  readonly #table: Table;
  readonly #keyOf: (row: number) => number;
  readonly #rows = new Map<number, number[]>();
  #read = 0;

  /** @param keyOf the key of a row; below 0: the row is left out. Called once a row, in order of the rows */
  constructor(table: Table, keyOf: (row: number) => number) {
    this.#table = table;
    this.#keyOf = keyOf;
  }

  /** All rows known of this key, oldest first. */
  of(key: number): readonly number[] {
    this.#grow();
    return this.#rows.get(key) ?? NONE;
  }

  /** How many rows of this key there are up to and including `atUs`. */
  countAt(key: number, atUs: number): number {
    const rows = this.of(key);
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#table.atUs(rows[middle] as number) <= atUs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The last row of this key up to and including `atUs`, or -1. */
  lastAt(key: number, atUs: number): number {
    const count = this.countAt(key, atUs);
    return count === 0 ? -1 : (this.of(key)[count - 1] as number);
  }

  #grow(): void {
    for (; this.#read < this.#table.length; this.#read++) {
      const key = this.#keyOf(this.#read);
      if (key < 0) continue;
      const rows = this.#rows.get(key);
      if (rows === undefined) this.#rows.set(key, [this.#read]);
      else rows.push(this.#read);
    }
  }
}
