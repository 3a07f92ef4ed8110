import type { Place } from '../../../engine/contract/place.ts';

export interface QueueLimits {
  messages: number;
  bytes: number;
}

/**
 * What was read from the socket waits here for the application, which takes one at a time (nats.go, `processMsg`,
 * `waitForMsgs`). The one that it is at work on still counts.
 */
export class AppQueue<Item extends { payload: { bytes: number } }> {
  readonly #place: Place;
  readonly #costUs: number;
  readonly #limits: QueueLimits;
  readonly #handle: (item: Item) => void;
  #waiting: Item[] = [];
  #bytes = 0;
  #closed = false;

  /** @param costUs CPU time of the application for each */
  constructor(place: Place, costUs: number, limits: QueueLimits, handle: (item: Item) => void) {
    this.#place = place;
    this.#costUs = costUs;
    this.#limits = limits;
    this.#handle = handle;
  }

  /** @returns whether there was room for it */
  push(item: Item): boolean {
    const { bytes } = item.payload;
    if (this.#waiting.length + 1 > this.#limits.messages || this.#bytes + bytes > this.#limits.bytes)
      return false;
    this.#waiting.push(item);
    this.#bytes += bytes;
    if (this.#waiting.length === 1) this.#next();
    return true;
  }

  /** What the application has not dealt with yet. */
  get items(): readonly Item[] {
    return this.#waiting;
  }

  /** What waits is thrown away. */
  close(): void {
    this.#closed = true;
  }

  #next(): void {
    this.#place.work(this.#costUs, 'message', () => {
      if (this.#closed) return;
      this.#handle(this.#waiting[0] as Item);
      this.#bytes -= this.#waiting.shift()?.payload.bytes ?? 0;
      if (this.#waiting.length > 0) this.#next();
    });
  }
}
