import { EventQueue, MAX_TIME_US } from './event-queue.ts';

/** What runs when an event comes due; `a` and `b` are the two integers it was scheduled with. */
export type Handler = (a: number, b: number) => void;

/** Names a scheduled event for {@link Kernel.cancel}. 0 is never an event. */
export type EventId = number;

const SLOT_SPAN = 1 << 22;

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
  #handlerOf = new Uint16Array(1024);
  #a = new Float64Array(1024);
  #b = new Float64Array(1024);
  #generation = new Uint32Array(1024);
  #live = new Uint8Array(1024);
  #free: number[] = [];
  #slots = 1; // slot 0 stays unused, so that no id is 0

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
    const slot = this.#free.pop() ?? this.#grow();
    this.#handlerOf[slot] = handler;
    this.#a[slot] = a;
    this.#b[slot] = b;
    this.#live[slot] = 1;
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
    if (slot !== 0 && (this.#generation[slot] as number) * SLOT_SPAN + slot === id) this.#live[slot] = 0;
  }

  /** Time of the next event, cancelled ones included, or Infinity. */
  get nextUs(): number {
    return this.#queue.peekTimeUs();
  }

  /**
   * Runs events up to and including `untilUs`, then sets the clock there; stops earlier after `maxEvents`.
   * @returns whether everything up to `untilUs` has run
   */
  run(untilUs: number = this.horizonUs, maxEvents: number = Number.POSITIVE_INFINITY): boolean {
    const queue = this.#queue;
    let left = maxEvents;
    for (;;) {
      const timeUs = queue.peekTimeUs();
      if (timeUs > untilUs) break;
      if (left === 0) return false;
      const slot = queue.pop();
      const live = this.#live[slot] === 1;
      const handler = this.#handlerOf[slot] as number;
      const a = this.#a[slot] as number;
      const b = this.#b[slot] as number;
      this.#live[slot] = 0;
      this.#generation[slot] = (this.#generation[slot] as number) + 1;
      this.#free.push(slot);
      if (!live) continue;
      this.nowUs = timeUs;
      this.executed++;
      left--;
      (this.#handlers[handler] as Handler)(a, b);
    }
    if (untilUs > this.nowUs && untilUs !== Number.POSITIVE_INFINITY) this.nowUs = untilUs;
    return true;
  }

  #grow(): number {
    const slot = this.#slots++;
    if (slot >= SLOT_SPAN) throw new Error(`more than ${SLOT_SPAN} events pending`);
    if (slot === this.#live.length) {
      const size = slot * 2;
      this.#handlerOf = enlarged(this.#handlerOf, new Uint16Array(size));
      this.#a = enlarged(this.#a, new Float64Array(size));
      this.#b = enlarged(this.#b, new Float64Array(size));
      this.#generation = enlarged(this.#generation, new Uint32Array(size));
      this.#live = enlarged(this.#live, new Uint8Array(size));
    }
    return slot;
  }
}

function enlarged<T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
