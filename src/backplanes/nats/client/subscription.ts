import type { Place } from '../../../engine/contract/place.ts';
import type { Payload } from '../protocol.ts';

/** A message as a subscription gets it. */
export interface Delivery {
  subject: string;
  reply: string;
  payload: Payload;
}

export interface SubscriptionLimits {
  messages: number;
  bytes: number;
}

/** What is done with a message of a subscription, and what that costs. */
export interface Handler {
  /** CPU time of the application for a message, µs; 0: the library deals with it by itself. */
  costUs: number;
  handle(delivery: Delivery): void;
  /** The application is behind by more than the limits: this one is thrown away. */
  dropped?(delivery: Delivery): void;
}

/**
 * A subscription of nats.go: what was read from the socket waits here for the application, which takes one at a time
 * (`processMsg`, `waitForMsgs`). The one that it is at work on still counts.
 */
export class Subscription {
  readonly sid: number;
  readonly subject: string;
  readonly queue: string;
  readonly #place: Place;
  readonly #limits: SubscriptionLimits;
  readonly #handler: Handler;
  #pending: Delivery[] = [];
  #bytes = 0;
  #closed = false;

  /** @param queue name of the queue group; '': none */
  constructor(
    place: Place,
    sid: number,
    subject: string,
    queue: string,
    limits: SubscriptionLimits,
    handler: Handler,
  ) {
    this.#place = place;
    this.sid = sid;
    this.subject = subject;
    this.queue = queue;
    this.#limits = limits;
    this.#handler = handler;
  }

  push(delivery: Delivery): void {
    const { messages, bytes } = this.#limits;
    if (this.#handler.costUs === 0) {
      this.#handler.handle(delivery);
      return;
    }
    const size = delivery.payload.bytes;
    if (this.#pending.length + 1 > messages || this.#bytes + size > bytes) {
      this.#handler.dropped?.(delivery);
      return;
    }
    this.#pending.push(delivery);
    this.#bytes += size;
    if (this.#pending.length === 1) this.#next();
  }

  /** What waits is thrown away. */
  close(): void {
    this.#closed = true;
    this.#pending = [];
  }

  #next(): void {
    this.#place.work(this.#handler.costUs, 'message', () => {
      if (this.#closed) return;
      this.#handler.handle(this.#pending[0] as Delivery);
      const done = this.#pending.shift();
      this.#bytes -= done?.payload.bytes ?? 0;
      if (this.#pending.length > 0) this.#next();
    });
  }
}
