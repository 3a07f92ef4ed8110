import FlatQueue from 'flatqueue';

/** Low bits of a key hold the order of scheduling; 2^20 of them leave 33 bits for the time. */
const ORDER_SPAN = 1 << 20;

/** Latest time, in microseconds, that a key can hold: 2^33 µs, about 2 h 23 min. */
export const MAX_TIME_US = 2 ** 33 - 1;

/** Entries that are kept sorted in front of the heap: for so few, inserting in line beats a heap. */
const FRONT = 16;

/**
 * A priority queue of integers ordered by time, and among equal times first scheduled, first out.
 *
 * The heap is `flatqueue`, which pops ties in no useful order. So each key is `timeUs · 2^20 + n`, n counting the
 * pushes: exact in a double, and one comparison as before. When the count is used up, what is pending (rarely more than
 * a few thousand entries) is pushed again with new numbers in the same order.
 *
 * The few entries that come next are kept sorted in front of it, since most of a small world's events are soon gone.
 */
export class EventQueue {
  #heap = new FlatQueue<number>();
  #order = 0;
  /** Largest first, so that the next entry is the last; none is after any of the heap's. */
  readonly #keys = new Float64Array(FRONT);
  readonly #items = new Int32Array(FRONT);
  #front = 0;

  get length(): number {
    return this.#front + this.#heap.length;
  }

  /** @param timeUs integer from 0 to {@link MAX_TIME_US} @param item a 32-bit integer */
  push(timeUs: number, item: number): void {
    if (this.#order === ORDER_SPAN) this.#renumber();
    const key = timeUs * ORDER_SPAN + this.#order++;
    const keys = this.#keys;
    let at = this.#front;
    if (
      at < FRONT
        ? at > 0
          ? key > (keys[0] as number) && this.#heap.length > 0
          : this.#heap.length > 0
        : key > (keys[0] as number)
    ) {
      this.#heap.push(item, key);
      return;
    }
    const items = this.#items;
    if (at === FRONT) {
      // The last of the front makes room.
      this.#heap.push(items[0] as number, keys[0] as number);
      keys.copyWithin(0, 1);
      items.copyWithin(0, 1);
      at--;
    } else this.#front = at + 1;
    while (at > 0 && (keys[at - 1] as number) < key) {
      keys[at] = keys[at - 1] as number;
      items[at] = items[at - 1] as number;
      at--;
    }
    keys[at] = key;
    items[at] = item;
  }

  /** The next entry, left where it is; -1 if there is none. */
  peek(): number {
    if (this.#front === 0 && !this.#refill()) return -1;
    return this.#items[this.#front - 1] as number;
  }

  /** Takes the next entry out; -1 if there is none. */
  pop(): number {
    if (this.#front === 0 && !this.#refill()) return -1;
    return this.#items[--this.#front] as number;
  }

  /** Takes the next half of a front from the heap. @returns whether there is anything */
  #refill(): boolean {
    const heap = this.#heap;
    const count = Math.min(FRONT / 2, heap.length);
    for (let at = count - 1; at >= 0; at--) {
      this.#keys[at] = heap.peekValue() as number;
      this.#items[at] = heap.pop() as number;
    }
    this.#front = count;
    return count > 0;
  }

  #renumber(): void {
    const entries: [timeUs: number, item: number][] = [];
    for (;;) {
      if (this.#front === 0 && !this.#refill()) break;
      const at = --this.#front;
      entries.push([Math.floor((this.#keys[at] as number) / ORDER_SPAN), this.#items[at] as number]);
    }
    if (entries.length === ORDER_SPAN) throw new Error(`more than ${ORDER_SPAN} events pending`);
    this.#order = 0;
    for (const [timeUs, item] of entries) this.push(timeUs, item);
  }
}
