import { TableReader } from './ahead.ts';
import { firstIndex } from './search.ts';
import type { Table } from './table.ts';

const NONE: readonly number[] = [];

/**
 * The rows of a table by a key (or several) that each row has: all that happened to one client, one actor, one
 * connection. It grows with the table, and every row is looked at once; asking for a time is O(log n).
 */
export class RowsOf extends TableReader {
  readonly #keysOf: (row: number, put: (key: number) => void) => void;
  /** A lone row stands for itself: most keys of messages and units never get a second one. */
  readonly #rows = new Map<number, number | number[]>();
  #reading = 0;

  /**
   * @param keysOf names the keys of a row, if any, by calling `put`; a key below 0 is none. Called once a row, in order
   *   of the rows, at any time after the row is there
   */
  constructor(table: Table, keysOf: (row: number, put: (key: number) => void) => void) {
    super(table);
    this.#keysOf = keysOf;
  }

  /** All rows known of this key, oldest first. */
  of(key: number): readonly number[] {
    this.catchUp();
    const rows = this.#rows.get(key);
    return rows === undefined ? NONE : typeof rows === 'number' ? [rows] : rows;
  }

  /** How many rows of this key there are up to and including `atUs`. */
  countAt(key: number, atUs: number): number {
    return firstIndex(this.of(key), (row) => this.table.atUs(row) > atUs);
  }

  /** The last row of this key up to and including `atUs`, or -1. */
  lastAt(key: number, atUs: number): number {
    const rows = this.of(key);
    return rows[firstIndex(rows, (row) => this.table.atUs(row) > atUs) - 1] ?? -1;
  }

  /** Rows of this key from `fromUs` up to and including `untilUs`. */
  between(key: number, fromUs: number, untilUs: number): readonly number[] {
    const rows = this.of(key);
    const from = firstIndex(rows, (row) => this.table.atUs(row) >= fromUs);
    return rows.slice(
      from,
      firstIndex(rows, (row) => this.table.atUs(row) > untilUs),
    );
  }

  protected take(row: number): void {
    this.#reading = row;
    this.#keysOf(row, this.#put);
  }

  readonly #put = (key: number): void => {
    if (key < 0) return;
    const row = this.#reading;
    const rows = this.#rows.get(key);
    if (rows === undefined) this.#rows.set(key, row);
    else if (typeof rows === 'number') this.#rows.set(key, [rows, row]);
    else rows.push(row);
  };
}

/** {@link RowsOf} where each row has one key at most. */
export class RowsBy extends RowsOf {
  /** @param keyOf the key of a row; below 0: the row is left out */
  constructor(table: Table, keyOf: (row: number) => number) {
    super(table, (row, put) => put(keyOf(row)));
  }
}
