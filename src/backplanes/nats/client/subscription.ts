import type { Payload } from '../protocol.ts';

/** A message as a subscription gets it. */
export interface Delivery {
  subject: string;
  reply: string;
  payload: Payload;
}

/** A subscription of a client; what it is sent is handled as it is read. */
export interface Subscription {
  sid: number;
  subject: string;
  /** Name of the queue group; '': none. */
  queue: string;
  handle(delivery: Delivery): void;
}
