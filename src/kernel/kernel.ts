import { EventQueue, MAX_TIME_US } from './event-queue.ts';

/** What runs when an event comes due; `a` and `b` are the two integers it was scheduled with. */
export type Handler = (a: number, b: number) => void;

/** Names a scheduled event for {@link Kernel.cancel}. 0 is never an event. */
export type EventId = number;

const SLOT_SPAN = 1 << 22;
const WIDTH = 4;

/**
 * The virtual clock. Time is integer microseconds; events run in order of time and, among ties, in the order in
 * which they were scheduled. An event is three integers (handler, a, b), so nothing is allocated for it.
 *
 * Events after `horizonUs` can never run, so they are not kept: scheduling one is free and returns 0.
 */
export class Kernel {
  /** Virtual time in µs. */
  nowUs = 0;
  /** Events executed so far. */
  executed = 0;
  readonly horizonUs: number;

  readonly #queue = new EventQueue();
  readonly #handlers: Handler[] = [];
  /** Four numbers a slot: time, handler (-1: cancelled or free), a, b. One array is one bounds check and one cache line. */
  #slots = new Float64Array(1024 * WIDTH);
  /** How often a slot was used, so that an id names one event only. */
  #generation = new Int32Array(1024);
  #free = new Int32Array(1024);
  #freeCount = 0;
  #used = 1; // slot 0 stays unused, so that no id is 0

  constructor(horizonUs: number = MAX_TIME_US) {
    this.horizonUs = Math.min(horizonUs, MAX_TIME_US);
  }

  /** Registers a handler and returns the number under which events name it. */
  handler(run: Handler): number {
    return this.#handlers.push(run) - 1;
  }

  /**
   * Schedules an event.
   * @param atUs absolute time, an integer not before now
   * @returns its id, or 0 if it lies past the horizon and will never run
   */
  at(atUs: number, handler: number, a = 0, b = 0): EventId {
    if (atUs > this.horizonUs) return 0;
    if (!(atUs >= this.nowUs)) throw new Error(`scheduled at ${atUs} µs, before now (${this.nowUs} µs)`);
    const slot = this.#freeCount > 0 ? (this.#free[--this.#freeCount] as number) : this.#grow();
    const slots = this.#slots;
    const base = slot * WIDTH;
    slots[base] = atUs;
    slots[base + 1] = handler;
    slots[base + 2] = a;
    slots[base + 3] = b;
    this.#queue.push(atUs, slot);
    return (this.#generation[slot] as number) * SLOT_SPAN + slot;
  }

  /** Schedules an event `delayUs` (an integer, 0 or more) from now. */
  after(delayUs: number, handler: number, a = 0, b = 0): EventId {
    return this.at(this.nowUs + delayUs, handler, a, b);
  }

  /** Cancels an event; one that has run, was cancelled, or is 0 is left alone. */
  cancel(id: EventId): void {
    const slot = id % SLOT_SPAN;
    if (slot !== 0 && (this.#generation[slot] as number) * SLOT_SPAN + slot === id)
      this.#slots[slot * WIDTH + 1] = -1;
  }

  /** Time of the next event, cancelled ones included, or Infinity. */
  get nextUs(): number {
    const slot = this.#queue.peek();
    return slot < 0 ? Number.POSITIVE_INFINITY : (this.#slots[slot * WIDTH] as number);
  }

  /**
   * Runs events up to and including `untilUs`, then sets the clock there; stops earlier after `maxEvents`.
   * @returns whether everything up to `untilUs` has run
   */
  run(untilUs: number = this.horizonUs, maxEvents: number = Number.POSITIVE_INFINITY): boolean {
    const queue = this.#queue;
    let left = maxEvents;
    for (let slot = queue.peek(); slot >= 0; slot = queue.peek()) {
      const slots = this.#slots;
      const base = slot * WIDTH;
      const atUs = slots[base] as number;
      if (atUs > untilUs) break;
      if (left === 0) return false;
      queue.pop();
      const handler = slots[base + 1] as number;
      const a = slots[base + 2] as number;
      const b = slots[base + 3] as number;
      this.#generation[slot] = (this.#generation[slot] as number) + 1;
      this.#free[this.#freeCount++] = slot;
      if (handler < 0) continue;
      this.nowUs = atUs;
      this.executed++;
      left--;
      (this.#handlers[handler] as Handler)(a, b);
    }
    if (untilUs > this.nowUs && untilUs !== Number.POSITIVE_INFINITY) this.nowUs = untilUs;
    return true;
  }

  #grow(): number {
    const slot = this.#used++;
    if (slot >= SLOT_SPAN) throw new Error(`more than ${SLOT_SPAN} events pending`);
    if (slot === this.#generation.length) {
      const size = slot * 2;
      this.#slots = enlarged(this.#slots, new Float64Array(size * WIDTH));
      this.#generation = enlarged(this.#generation, new Int32Array(size));
      this.#free = enlarged(this.#free, new Int32Array(size));
    }
    return slot;
  }
}

function enlarged<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
