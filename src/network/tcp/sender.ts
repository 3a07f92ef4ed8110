import type { Congestion } from './congestion.ts';
import type { Rtt } from './rtt.ts';
import type { SendQueue } from './send-queue.ts';

/** What the delivery rate and a congestion control need to know of a socket, under the names it has there. */
export interface Sender {
  readonly nowUs: number;
  readonly queue: SendQueue;
  readonly rtt: Rtt;
  readonly congestion: Congestion;
  readonly written: number;
  readonly next: number;
  /** Segments delivered, and taken for lost, ever. */
  readonly delivered: number;
  readonly lost: number;
  /** The congestion state, one of {@link CA}. */
  readonly ca: number;
  /** When the first of what the newest sample covers was sent; when something was delivered last. */
  firstSentAtUs: number;
  deliveredAtUs: number;
  appLimited: number;
  /** When the next segment may leave, µs, not rounded. */
  readonly pacedUntilUs: number;
}
