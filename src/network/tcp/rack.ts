import { RACK_RECOVERY_THRESHOLD, TIMEOUT_MIN_US } from './constants.ts';
import { toJiffies } from './jiffies.ts';
import { MARK, type Sent, sentAfter } from './send-queue.ts';
import type { Socket } from './socket.ts';
import { CA, TIMER } from './states.ts';
import { setTimer } from './timers.ts';

/**
 * RACK (RFC 8985, net/ipv4/tcp_recovery.c): a segment is lost when one that was sent later has arrived, and a reordering
 * window has passed since. It holds for retransmissions as well.
 */

/** Learns that a segment has arrived (`tcp_rack_advance`). @param marks before this acknowledgement */
export function rackAdvance(socket: Socket, marks: number, end: number, sentAtUs: number): void {
  const rttUs = socket.nowUs - sentAtUs;
  // Sooner than possible: it was the original that arrived, not what was sent then.
  if (rttUs < socket.rtt.min && marks & (MARK.RESENT | MARK.EVER_RESENT)) return;
  socket.rackAdvanced = true;
  socket.rackRttUs = rttUs;
  if (sentAfter(sentAtUs, end, socket.rackSentAtUs, socket.rackEnd)) {
    socket.rackSentAtUs = sentAtUs;
    socket.rackEnd = end;
  }
}

/** How long after the newest arrival a segment may still be merely reordered, µs (`tcp_rack_reo_wnd`). */
function reorderingWindow(socket: Socket): number {
  if (!socket.reorderSeen) {
    if (socket.ca >= CA.RECOVERY) return 0;
    if (socket.queue.sackedOut >= socket.reordering) return 0;
  }
  return Math.min(Math.floor(socket.rtt.min / 4) * socket.rackSteps, Math.floor(socket.rtt.srtt8 / 8));
}

/** µs until a segment may be taken for lost; 0 or less: now. */
export function rackTimeout(socket: Socket, sent: Sent, windowUs: number): number {
  return socket.rackRttUs + windowUs - (socket.nowUs - sent.sentAtUs);
}

/** Marks what must be lost (`tcp_rack_detect_loss`). @returns µs until the next look, 0: none needed */
function detectLoss(socket: Socket): number {
  const { queue } = socket;
  const windowUs = reorderingWindow(socket);
  let waitUs = 0;
  const segments = queue.segments;
  for (let i = queue.head; i < segments.length; i++) {
    const sent = segments[i] as Sent;
    if (sent.marks & MARK.SACKED || (sent.marks & (MARK.LOST | MARK.RESENT)) === MARK.LOST) continue;
    if (!sentAfter(socket.rackSentAtUs, socket.rackEnd, sent.sentAtUs, sent.end)) continue;
    const remainingUs = rackTimeout(socket, sent, windowUs);
    if (remainingUs <= 0) markLost(socket, sent);
    else if (remainingUs > waitUs) waitUs = remainingUs;
  }
  return waitUs;
}

/** `tcp_mark_skb_lost`. */
export function markLost(socket: Socket, sent: Sent): void {
  const { queue } = socket;
  if (sent.marks & MARK.SACKED) return;
  if (sent.marks & MARK.LOST) {
    if (sent.marks & MARK.RESENT) {
      // The retransmission is lost as well.
      sent.marks &= ~MARK.RESENT;
      queue.resentOut--;
      socket.lost++;
    }
    return;
  }
  sent.marks |= MARK.LOST;
  queue.lostOut++;
  socket.lost++;
}

/** After an acknowledgement (`tcp_rack_mark_lost`). @returns whether a timer now waits for reordered segments */
export function rackMarkLost(socket: Socket): boolean {
  if (!socket.rackAdvanced) return false;
  socket.rackAdvanced = false;
  const waitUs = detectLoss(socket);
  if (waitUs > 0) {
    setTimer(socket, TIMER.REORDER, Math.min(toJiffies(waitUs + TIMEOUT_MIN_US), socket.rtt.rto));
  }
  return waitUs > 0;
}

/** The reordering timer fired: takes for lost what it waited for. @returns whether anything was */
export function rackTimedOut(socket: Socket): boolean {
  const before = socket.queue.inFlight;
  detectLoss(socket);
  return before !== socket.queue.inFlight;
}

/** DSACKs that tell of needless retransmissions widen the window for a while (`tcp_rack_update_reo_wnd`). */
export function rackUpdateWindow(socket: Socket, priorDelivered: number): void {
  if (priorDelivered === 0) return;
  if (priorDelivered < socket.rackLastDelivered) socket.rackDsackSeen = false;
  if (socket.rackDsackSeen) {
    socket.rackSteps = Math.min(255, socket.rackSteps + 1);
    socket.rackDsackSeen = false;
    socket.rackLastDelivered = socket.delivered;
    socket.rackPersist = RACK_RECOVERY_THRESHOLD;
  } else if (socket.rackPersist === 0) {
    socket.rackSteps = 1;
  }
}
