import type { Table } from '../table.ts';

const NONE: readonly number[] = [];

/** The rows of a table by a key (or several) that each row has. It grows with the table; every row is looked at once. */
export class RowsOf {
  readonly #table: Table;
  readonly #keysOf: (row: number, put: (key: number) => void) => void;
  /** A lone row stands for itself: most keys of messages and units never get a second one. */
  readonly #rows = new Map<number, number | number[]>();
  #read = 0;

  /** @param keysOf names the keys of a row, if any, by calling `put` */
  constructor(table: Table, keysOf: (row: number, put: (key: number) => void) => void) {
    this.#table = table;
    this.#keysOf = keysOf;
  }

  /** All rows known of this key, oldest first. */
  of(key: number): readonly number[] {
    for (; this.#read < this.#table.length; this.#read++) this.#keysOf(this.#read, this.#put);
    const rows = this.#rows.get(key);
    return rows === undefined ? NONE : typeof rows === 'number' ? [rows] : rows;
  }

  readonly #put = (key: number): void => {
    const row = this.#read;
    const rows = this.#rows.get(key);
    if (rows === undefined) this.#rows.set(key, row);
    else if (typeof rows === 'number') this.#rows.set(key, [rows, row]);
    else rows.push(row);
  };

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
