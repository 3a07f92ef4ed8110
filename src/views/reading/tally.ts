import { type Follower, follow } from '../../trace/ahead.ts';
import type { Table } from '../../trace/table.ts';

/** Rows between two checkpoints: what a jump to any time has to count again at most. */
const EVERY = 4096;

/**
 * Running counts over the rows of a table, as of any time. Counts are kept at every {@link EVERY}th row, and where the
 * last question left off, so that playing costs the new rows only and scrubbing a bounded number.
 */
export class Tally implements Follower {
  readonly #table: Table;
  readonly #fold: (row: number, counts: Float64Array) => void;
  readonly #checkpoints: Float64Array[];
  readonly #now: Float64Array;
  #row = 0;

  /** @param width how many counters @param fold counts one row in; it may look at nothing else that changes */
  constructor(table: Table, width: number, fold: (row: number, counts: Float64Array) => void) {
    this.#table = table;
    this.#fold = fold;
    this.#now = new Float64Array(width);
    this.#checkpoints = [new Float64Array(width)];
    follow(table, this);
  }

  /** The counts of all rows up to and including `atUs`. Valid until the next call. */
  at(atUs: number): Float64Array {
    const end = this.#table.firstAfter(atUs);
    if (end < this.#row || end > this.#row + EVERY) this.#restore(end);
    while (this.#row < end) this.#count();
    return this.#now;
  }

  /** Makes the next checkpoint, if the instants of its rows are over: others may be counted along. */
  readOn(): boolean {
    const from = (this.#checkpoints.length - 1) * EVERY;
    const end = from + EVERY;
    const { length } = this.#table;
    if (end >= length || this.#table.atUs(end - 1) === this.#table.atUs(length - 1)) return false;
    const counts = (this.#checkpoints.at(-1) as Float64Array).slice();
    for (let row = from; row < end; row++) this.#fold(row, counts);
    this.#checkpoints.push(counts);
    return true;
  }

  /** Goes to the nearest checkpoint at or before a row, which may be one that is yet to be made on the way there. */
  #restore(end: number): void {
    const known = Math.min(Math.floor(end / EVERY), this.#checkpoints.length - 1);
    if (end >= this.#row && known * EVERY <= this.#row) return;
    this.#now.set(this.#checkpoints[known] as Float64Array);
    this.#row = known * EVERY;
  }

  #count(): void {
    this.#fold(this.#row++, this.#now);
    if (this.#row % EVERY === 0 && this.#row / EVERY === this.#checkpoints.length) {
      this.#checkpoints.push(this.#now.slice());
    }
  }
}
