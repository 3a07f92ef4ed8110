import { TableReader } from './ahead.ts';
import { firstIndex } from './search.ts';
import type { Table } from './table.ts';

/**
 * The row with the highest value of each key, as of any time. Kept are the rows whose value was above all before them:
 * those are few, so that asking for a time is O(log n) however long the table has become, and every row is looked at
 * once.
 */
export class HighestBy extends TableReader {
  readonly #keyOf: (row: number) => number;
  readonly #weigh: (row: number) => number;
  readonly #risen = new Map<number, number[]>();

  /** @param keyOf the key of a row; below 0: the row is left out */
  constructor(table: Table, keyOf: (row: number) => number, weigh: (row: number) => number) {
    super(table);
    this.#keyOf = keyOf;
    this.#weigh = weigh;
  }

  /** The row with the highest value of this key up to and including `atUs`, the first of several; -1: there is none. */
  at(key: number, atUs: number): number {
    this.catchUp();
    const rows = this.#risen.get(key) ?? [];
    return rows[firstIndex(rows, (row) => this.table.atUs(row) > atUs) - 1] ?? -1;
  }

  protected take(row: number): void {
    const key = this.#keyOf(row);
    if (key < 0) return;
    const rows = this.#risen.get(key);
    if (rows === undefined) this.#risen.set(key, [row]);
    else if (this.#weigh(row) > this.#weigh(rows.at(-1) as number)) rows.push(row);
  }
}
