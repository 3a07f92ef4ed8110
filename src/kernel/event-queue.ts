import FlatQueue from 'flatqueue';

/** Low bits of a key hold the order of scheduling; 2^20 of them leave 33 bits for the time. */
const ORDER_SPAN = 1 << 20;

/** Latest time, in microseconds, that a key can hold: 2^33 µs, about 2 h 23 min. */
export const MAX_TIME_US = 2 ** 33 - 1;

/**
 * A priority queue of integers ordered by time, and among equal times first scheduled, first out.
 *
 * The heap itself is `flatqueue`, which pops ties in no useful order. So each key is `timeUs · 2^20 + n`,
 * n counting the pushes: exact in a double, and one comparison as before. When the count is used up, what is
 * pending (rarely more than a few thousand entries) is pushed again with new numbers in the same order.
 */
export class EventQueue {
  #heap = new FlatQueue<number>();
  #order = 0;

  get length(): number {
    return this.#heap.length;
  }

  /** @param timeUs integer from 0 to {@link MAX_TIME_US} @param item any integer */
  push(timeUs: number, item: number): void {
    if (this.#order === ORDER_SPAN) this.#renumber();
    this.#heap.push(item, timeUs * ORDER_SPAN + this.#order++);
  }

  /** Time of the next entry in µs, or Infinity if there is none. */
  peekTimeUs(): number {
    const key = this.#heap.peekValue();
    return key === undefined ? Number.POSITIVE_INFINITY : Math.floor(key / ORDER_SPAN);
  }

  /** Takes the next entry out. The queue must not be empty. */
  pop(): number {
    return this.#heap.pop() as number;
  }

  #renumber(): void {
    const old = this.#heap;
    this.#heap = new FlatQueue<number>();
    this.#order = 0;
    while (old.length > 0) {
      const timeUs = Math.floor((old.peekValue() as number) / ORDER_SPAN);
      this.#heap.push(old.pop() as number, timeUs * ORDER_SPAN + this.#order++);
    }
    if (this.#order === ORDER_SPAN) throw new Error(`more than ${ORDER_SPAN} events pending`);
  }
}
