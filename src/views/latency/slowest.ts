/** Between two heads of the list whose slowest are kept. */
const STRIDE = 256;

/**
 * The slowest of the first so many deliveries of a list that grows. What was slowest in every 256th head of the list is
 * kept, so that any other head costs a look at 255 deliveries at most.
 */
export class Slowest {
  readonly #most: number;
  readonly #latencyOf: (row: number) => number;
  /** Of the first 0, 256, 512 … rows. */
  readonly #kept: (readonly number[])[] = [[]];

  /** @param most so many are told @param latencyOf of a row, always the same */
  constructor(most: number, latencyOf: (row: number) => number) {
    this.#most = most;
    this.#latencyOf = latencyOf;
  }

  /** The slowest of the first `count` rows, the slowest first; of two that are alike the earlier. */
  of(rows: readonly number[], count: number): readonly number[] {
    const head = Math.floor(count / STRIDE);
    while (this.#kept.length <= head) this.#keep(rows);
    return this.#with(this.#kept[head] as readonly number[], rows, head * STRIDE, count);
  }

  /** Looks at the next 256 rows, if there are as many. @returns whether there were */
  readOn(rows: readonly number[]): boolean {
    const there = this.#kept.length * STRIDE <= rows.length;
    if (there) this.#keep(rows);
    return there;
  }

  #keep(rows: readonly number[]): void {
    const from = (this.#kept.length - 1) * STRIDE;
    this.#kept.push(this.#with(this.#kept.at(-1) as readonly number[], rows, from, from + STRIDE));
  }

  #with(known: readonly number[], rows: readonly number[], from: number, to: number): readonly number[] {
    const slowest = [...known];
    for (let i = from; i < to; i++) {
      const row = rows[i] as number;
      const us = this.#latencyOf(row);
      const place = slowest.findIndex((other) => this.#latencyOf(other) < us);
      if (place < 0 && slowest.length >= this.#most) continue;
      slowest.splice(place < 0 ? slowest.length : place, 0, row);
      slowest.length = Math.min(slowest.length, this.#most);
    }
    return slowest;
  }
}
