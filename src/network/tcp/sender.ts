import type { Congestion } from './congestion/congestion.ts';
import type { Rtt } from './rtt.ts';
import type { SendQueue } from './send-queue.ts';
import type { SocketHost } from './socket-host.ts';

/** What a congestion control needs to know of a socket, under the names it has there. */
export interface Sender {
  readonly host: SocketHost;
  readonly nowUs: number;
  readonly nowJiffies: number;
  readonly queue: SendQueue;
  readonly rtt: Rtt;
  readonly congestion: Congestion;
  readonly initialCwnd: number;
  /** Bytes of data that a segment may have now. */
  readonly mss: number;
  readonly una: number;
  readonly next: number;
  readonly written: number;
  /** Segments delivered, and taken for lost, ever. */
  readonly delivered: number;
  readonly lost: number;
  readonly reordering: number;
  /** The congestion state, one of {@link CA}, and whether it is one in which the window falls. */
  readonly ca: number;
  readonly reducing: boolean;
  readonly currentSsthresh: number;
  /** The window as it was before the reduction, what arrived and left since, and whether that may be undone. */
  readonly priorCwnd: number;
  prrDelivered: number;
  readonly prrOut: number;
  readonly undoMarker: number;
  /** Whether the window is what holds back more; what was used of it, at most, and since when, jiffies. */
  readonly isCwndLimited: boolean;
  cwndUsed: number;
  cwndStamp: number;
  /** When the next segment may leave, µs, not rounded. */
  readonly pacedUntilUs: number;
}
