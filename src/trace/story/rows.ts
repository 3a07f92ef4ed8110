import type { Table } from '../table.ts';

const NONE: readonly number[] = [];

/** The rows of a table by a key (or several) that each row has. It grows with the table; every row is looked at once. */
export class RowsOf {
  readonly #table: Table;
  readonly #keysOf: (row: number, put: (key: number) => void) => void;
  readonly #rows = new Map<number, number[]>();
  #read = 0;

  /** @param keysOf names the keys of a row, if any, by calling `put` */
  constructor(table: Table, keysOf: (row: number, put: (key: number) => void) => void) {
    this.#table = table;
    this.#keysOf = keysOf;
  }

  /** All rows known of this key, oldest first. */
  of(key: number): readonly number[] {
    for (; this.#read < this.#table.length; this.#read++) {
      const row = this.#read;
      this.#keysOf(row, (at) => {
        const rows = this.#rows.get(at);
        if (rows === undefined) this.#rows.set(at, [row]);
        else rows.push(row);
      });
    }
    return this.#rows.get(key) ?? NONE;
  }

  /** The last row of this key up to and including `atUs`, or -1. */
  lastAt(key: number, atUs: number): number {
    const rows = this.of(key);
    return rows[firstIndex(rows, (row) => this.#table.atUs(row) > atUs) - 1] ?? -1;
  }

  /** Rows of this key from `fromUs` up to and including `untilUs`. */
  between(key: number, fromUs: number, untilUs: number): readonly number[] {
    const rows = this.of(key);
    const from = firstIndex(rows, (row) => this.#table.atUs(row) >= fromUs);
    return rows.slice(
      from,
      firstIndex(rows, (row) => this.#table.atUs(row) > untilUs),
    );
  }
}

/** Index of the first element that is `true` for a question that stays true once it is; the length if there is none. */
export function firstIndex<T>(of: readonly T[], is: (one: T) => boolean): number {
  let low = 0;
  let high = of.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (is(of[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
