import { MSS } from './constants.ts';
import { ALERT, FLAG } from './flags.ts';
import { rackAdvance, rackUpdateWindow } from './rack.ts';
import { alert, alertFlags, isDubious, RESEND, sendRecovery, startReduction } from './recovery.ts';
import { beginMarking, found, markSacked, noteArrival } from './sack.ts';
import type { Segment } from './segment.ts';
import { MARK, type Sent } from './send-queue.ts';
import type { Socket } from './socket.ts';
import { CA } from './states.ts';
import { rearmRto, scheduleProbe } from './timers.ts';
import { keepOpen, noteReordering, setEchoed } from './undo.ts';

/** Handles the acknowledgement in a segment (`tcp_ack`). The caller sends what is new afterwards. */
export function acknowledge(socket: Socket, segment: Segment): void {
  const ack = segment.ackNo;
  if (ack > socket.next) return;
  const { queue } = socket;
  const priorUna = socket.una;
  setEchoed(segment.echo);
  beginMarking(segment.dataBytes > 0 ? FLAG.DATA : 0);
  if (ack < priorUna) {
    acknowledgeOld(socket, segment, priorUna);
    return;
  }
  if (ack > priorUna) {
    found.flag |= FLAG.UNA_ADVANCED;
    socket.timeouts = 0;
  }
  const priorSacked = socket.highestSacked;
  const priorPackets = queue.packetsOut;
  const priorDelivered = socket.delivered;
  const priorLost = socket.lost;
  socket.congestion.beginAck();
  if (ack > priorUna || ack + segment.window > socket.windowEnd) {
    found.flag |= FLAG.WINDOW_UPDATE;
    socket.windowEnd = Math.max(socket.windowEnd, ack + segment.window);
  }
  socket.una = ack;
  if (segment.sacks !== null) markSacked(socket, segment.sacks, ack, priorUna);
  socket.lastArrivalUs = socket.nowUs;
  socket.keepAliveProbes = 0;
  if (priorPackets === 0) {
    if (found.flag & FLAG.DSACKING) alert(socket, found.flag, priorUna, false);
    if (socket.probeHighSeq > 0) processProbeAck(socket, ack);
    return;
  }
  clean(socket, segment, priorSacked, priorUna);
  rackUpdateWindow(socket, found.priorDelivered);
  if (socket.probeHighSeq > 0) processProbeAck(socket, ack);
  let flag = found.flag;
  let what: number = RESEND.NONE;
  if (isDubious(socket, flag)) {
    const duplicate = (flag & (FLAG.UNA_ADVANCED | FLAG.DATA | FLAG.WINDOW_UPDATE | FLAG.DSACKING)) === 0;
    what = alert(socket, flag, priorUna, duplicate);
    flag = alertFlags;
  }
  if (flag & FLAG.SET_TIMER && !scheduleProbe(socket, true)) rearmRto(socket);
  socket.congestion.onAck(socket.delivered - priorDelivered, socket.lost - priorLost, flag);
  sendRecovery(socket, what);
}

/**
 * An acknowledgement that newer ones have overtaken may still tell of arrivals, or that what was repeated came twice
 * (`old_ack` in `tcp_ack`). Congestion control does not see it.
 */
function acknowledgeOld(socket: Socket, segment: Segment, priorUna: number): void {
  if (segment.sacks === null) return;
  socket.congestion.beginAck();
  markSacked(socket, segment.sacks, segment.ackNo, priorUna);
  sendRecovery(socket, alert(socket, found.flag, priorUna, false));
}

/** Takes what is acknowledged out of the queue, and samples the round-trip time (`tcp_clean_rtx_queue`). */
function clean(socket: Socket, segment: Segment, priorSacked: number, priorUna: number): void {
  const { queue } = socket;
  const now = socket.nowUs;
  const ack = socket.una;
  let firstAtUs = -1;
  let lastAtUs = -1;
  let reordered = Number.POSITIVE_INFINITY;
  let flag = found.flag;
  const before = queue.packetsOut;
  const sackedBefore = queue.sackedOut;
  while (queue.packetsOut > 0) {
    const sent = queue.first;
    if (sent.end > ack) break;
    const marks = sent.marks;
    if (marks & (MARK.RESENT | MARK.EVER_RESENT)) {
      flag |= FLAG.RESENT_DATA_ACKED;
    } else if ((marks & MARK.SACKED) === 0) {
      lastAtUs = sent.sentAtUs;
      if (firstAtUs < 0) firstAtUs = lastAtUs;
      if (sent.seq < reordered) reordered = sent.seq;
      if (sent.end <= socket.highSeq) flag |= FLAG.ORIGINAL_SACK_ACKED;
    }
    if ((marks & MARK.SACKED) === 0) {
      socket.delivered++;
      if (!spuriouslyResent(sent, segment.echo)) rackAdvance(socket, marks, sent.end, sent.sentAtUs);
    }
    flag |= sent.seq === 0 ? FLAG.SYN_ACKED : FLAG.DATA_ACKED;
    if (sent.seq === 0) socket.resentStamp = 0;
    if ((marks & MARK.SACKED) === 0) noteArrival(socket, sent, false);
    queue.shift();
  }
  const acked = (flag & (FLAG.DATA_ACKED | FLAG.SYN_ACKED)) !== 0;
  const sequenceUs = firstAtUs >= 0 && (flag & FLAG.RESENT_DATA_ACKED) === 0 ? now - firstAtUs : -1;
  const sackUs = found.firstSentAtUs >= 0 ? now - found.firstSentAtUs : -1;
  let delayUs = sequenceUs >= 0 ? now - lastAtUs : -1;
  if (found.firstSentAtUs >= 0) delayUs = now - found.lastSentAtUs;
  const alone = before - queue.packetsOut === 1 && sackedBefore === 0 && ack - priorUna < MSS;
  if (alone && sequenceUs >= 0 && found.priorDelivered + 1 === socket.delivered && (flag & ALERT) === 0) {
    flag |= FLAG.MAYBE_DELAYED;
  }
  const updated = sampleRtt(socket, sequenceUs, sackUs, delayUs, acked, segment);
  if (acked) {
    flag |= FLAG.SET_TIMER;
    if (reordered < priorSacked) noteReordering(socket, reordered);
  } else if (queue.packetsOut > 0 && updated && sackUs >= 0 && sackUs > now - queue.first.sentAtUs) {
    // Something sent before the head's last sending was SACKed: the network is alive, so the timeout may start anew.
    flag |= FLAG.SET_TIMER;
  }
  found.flag = flag;
}

/** The echo is older than the retransmission: it is the original that is acknowledged (`tcp_skb_spurious_retrans`). */
function spuriouslyResent(sent: Sent, echo: number): boolean {
  if ((sent.marks & (MARK.RESENT | MARK.EVER_RESENT)) === 0 || echo === 0) return false;
  return echo < Math.floor(sent.sentAtUs / 1000);
}

/**
 * `tcp_ack_update_rtt`: from segments that were sent once (Karn), else from SACKs, else from the timestamp, which tells
 * the copies of a retransmitted segment apart but only in ms.
 */
function sampleRtt(
  socket: Socket,
  sequenceUs: number,
  sackUs: number,
  delayUs: number,
  acked: boolean,
  segment: Segment,
): boolean {
  let us = sequenceUs >= 0 ? sequenceUs : sackUs;
  let delay = delayUs;
  if (us < 0 && acked && segment.echo > 0) {
    us = Math.max(1, socket.nowStamp - segment.echo) * 1000;
    delay = us;
  }
  const now = socket.nowUs;
  if (us >= 0) {
    socket.rtt.sampleMin(delay, now);
    socket.rtt.sample(us, socket.una, socket.next);
  }
  if (delay >= 0) socket.congestion.onDelay(delay);
  return us >= 0;
}

/** What has become of a tail loss probe (`tcp_process_tlp_ack`). */
function processProbeAck(socket: Socket, ack: number): void {
  if (ack < socket.probeHighSeq) return;
  if (!socket.probeResent || found.flag & FLAG.DSACK_PROBE) {
    socket.probeHighSeq = 0;
  } else if (ack > socket.probeHighSeq) {
    // The probe repaired a loss, and no DSACK said otherwise: the window pays for it as for any loss.
    startReduction(socket);
    socket.ca = CA.CWR;
    socket.congestion.endReduction();
    keepOpen(socket);
  } else if (
    (found.flag &
      (FLAG.UNA_ADVANCED | FLAG.DATA | FLAG.WINDOW_UPDATE | FLAG.DATA_ACKED | FLAG.DATA_SACKED)) ===
    0
  ) {
    socket.probeHighSeq = 0;
  }
}
