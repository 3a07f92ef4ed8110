import { MSS } from './constants.ts';
import { controlCongestion } from './control.ts';
import { FLAG } from './flags.ts';
import { endReduction, reduceCwnd, startReduction } from './prr.ts';
import { rackAdvance, rackUpdateWindow } from './rack.ts';
import { beginRateSample, rate, rateDelivered } from './rate.ts';
import { alert, alertFlags, isDubious, RESEND, sendRecovery } from './recovery.ts';
import type { Segment } from './segment.ts';
import { MARK, type Sent } from './send-queue.ts';
import { CA, type Socket } from './socket.ts';
import { rearmRto, scheduleProbe } from './timers.ts';
import { keepOpen, noteReordering, setEchoed } from './undo.ts';

/** What the marking of one acknowledgement found; one at a time. */
const found = {
  flag: 0,
  /** Lowest sequence that arrived out of its turn. */
  reordered: 0,
  /** When the first and the last of the newly SACKed were sent; -1: none. */
  firstSentAtUs: -1,
  lastSentAtUs: -1,
};

/** Handles the acknowledgement in a segment (`tcp_ack`). The caller sends what is new afterwards. */
export function acknowledge(socket: Socket, segment: Segment): void {
  const ack = segment.ackNo;
  if (ack > socket.next) return;
  const { queue } = socket;
  const priorUna = socket.una;
  setEchoed(segment.echo);
  found.flag = segment.dataBytes > 0 ? FLAG.DATA : 0;
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
  if (socket.bbr !== null) beginRateSample(socket);
  if (ack > priorUna || ack + segment.window > socket.windowEnd) {
    found.flag |= FLAG.WINDOW_UPDATE;
    socket.windowEnd = Math.max(socket.windowEnd, ack + segment.window);
  }
  socket.una = ack;
  found.firstSentAtUs = -1;
  found.lastSentAtUs = -1;
  if (segment.sacks !== null) markSacked(socket, segment.sacks, ack, priorUna);
  socket.lastArrivalUs = socket.nowUs;
  socket.keepAliveProbes = 0;
  if (priorPackets === 0) {
    if (found.flag & FLAG.DSACKING) alert(socket, found.flag, priorUna, false);
    if (socket.probeHighSeq > 0) processProbeAck(socket, ack);
    return;
  }
  clean(socket, segment, priorSacked, priorUna);
  rackUpdateWindow(socket, priorDelivered);
  if (socket.probeHighSeq > 0) processProbeAck(socket, ack);
  let flag = found.flag;
  let what: number = RESEND.NONE;
  if (isDubious(socket, flag)) {
    const duplicate = (flag & (FLAG.UNA_ADVANCED | FLAG.DATA | FLAG.WINDOW_UPDATE | FLAG.DSACKING)) === 0;
    what = alert(socket, flag, priorUna, duplicate);
    flag = alertFlags;
  }
  if (flag & FLAG.SET_TIMER && !scheduleProbe(socket, true)) rearmRto(socket);
  controlCongestion(socket, socket.delivered - priorDelivered, socket.lost - priorLost, flag);
  sendRecovery(socket, what);
}

/** An acknowledgement that newer ones have overtaken may still tell of arrivals. */
function acknowledgeOld(socket: Socket, segment: Segment, priorUna: number): void {
  if (segment.sacks === null || socket.queue.packetsOut === 0) return;
  const priorDelivered = socket.delivered;
  const priorLost = socket.lost;
  if (socket.bbr !== null) beginRateSample(socket);
  found.firstSentAtUs = -1;
  found.lastSentAtUs = -1;
  markSacked(socket, segment.sacks, segment.ackNo, priorUna);
  const what = alert(socket, found.flag, priorUna, false);
  if (socket.reducing) {
    reduceCwnd(socket, socket.delivered - priorDelivered, socket.lost - priorLost, alertFlags);
  }
  sendRecovery(socket, what);
}

/** Marks what the SACK blocks cover (`tcp_sacktag_write_queue`). */
function markSacked(socket: Socket, blocks: number[], ack: number, priorUna: number): void {
  const { queue } = socket;
  found.reordered = socket.next;
  const isDsack = checkDsack(socket, blocks, ack, priorUna);
  for (let b = 0; b < blocks.length; b += 2) {
    const start = blocks[b] as number;
    const end = blocks[b + 1] as number;
    const twice = b === 0 && isDsack;
    if (end <= socket.una && !twice) continue;
    for (let i = queue.head; i < queue.segments.length; i++) {
      const sent = queue.segments[i] as Sent;
      if (sent.seq >= end) break;
      if (sent.end <= start) continue;
      if (!twice) {
        // What was merged and sent again may have arrived in part, in its original pieces.
        if (sent.seq < start) {
          if (sent.marks & MARK.SACKED || start - sent.seq < 1) continue;
          queue.split(i, start);
          continue;
        }
        if (sent.end > end) queue.split(i, end);
      } else if (sent.seq < start || sent.end > end) continue;
      markSegment(socket, sent, twice);
    }
  }
  if (socket.ca !== CA.LOSS || socket.undoMarker > 0) noteReordering(socket, found.reordered);
}

/** `tcp_sacktag_one`. */
function markSegment(socket: Socket, sent: Sent, twice: boolean): void {
  const { queue } = socket;
  const marks = sent.marks;
  if (twice && marks & (MARK.RESENT | MARK.EVER_RESENT)) {
    if (socket.undoMarker > 0 && socket.undoResent > 0 && sent.end > socket.undoMarker) socket.undoResent--;
    if (marks & MARK.SACKED && sent.seq < found.reordered) found.reordered = sent.seq;
  }
  if (marks & MARK.SACKED || sent.end <= socket.una) return;
  if (socket.bbr !== null) rateDelivered(socket, sent, true);
  rackAdvance(socket, marks, sent.end, sent.sentAtUs);
  if (marks & MARK.RESENT) {
    // Which copy arrived is not known; what was lost has been made good.
    if (marks & MARK.LOST) {
      queue.lostOut--;
      queue.resentOut--;
      sent.marks &= ~(MARK.LOST | MARK.RESENT);
    }
  } else {
    if ((marks & MARK.EVER_RESENT) === 0) {
      if (sent.seq < socket.highestSacked && sent.seq < found.reordered) found.reordered = sent.seq;
      if (sent.end <= socket.highSeq) found.flag |= FLAG.ORIGINAL_SACK_ACKED;
      if (found.firstSentAtUs < 0) found.firstSentAtUs = sent.sentAtUs;
      found.lastSentAtUs = sent.sentAtUs;
    }
    if (marks & MARK.LOST) {
      queue.lostOut--;
      sent.marks &= ~MARK.LOST;
    }
  }
  if (queue.sackedOut === 0 || sent.seq > socket.sackedUpTo) socket.sackedUpTo = sent.seq;
  sent.marks |= MARK.SACKED;
  queue.sackedOut++;
  socket.delivered++;
  found.flag |= FLAG.DATA_SACKED;
  if (sent.marks & MARK.RESENT) {
    sent.marks &= ~MARK.RESENT;
    queue.resentOut--;
  }
}

/** Whether the first block tells of data that came twice (`tcp_check_dsack`, `tcp_dsack_seen`, RFC 2883). */
function checkDsack(socket: Socket, blocks: number[], ack: number, priorUna: number): boolean {
  const start = blocks[0] as number;
  const end = blocks[1] as number;
  const inside = blocks.length > 2 && end <= (blocks[3] as number) && start >= (blocks[2] as number);
  if (start >= ack && !inside) return false;
  let segments = 1;
  if (end - start > MSS) segments = Math.ceil((end - start) / MSS);
  else if (socket.probeHighSeq > 0 && socket.probeHighSeq === end) found.flag |= FLAG.DSACK_PROBE;
  socket.dsacks += segments;
  // More than was ever repeated: the network made the copy.
  if (socket.dsacks > socket.resent) return false;
  if (socket.reorderSeen && (found.flag & FLAG.DSACK_PROBE) === 0) socket.rackDsackSeen = true;
  found.flag |= FLAG.DSACKING;
  socket.delivered += segments;
  if (socket.undoMarker > 0 && socket.undoResent > 0 && end <= priorUna && end > socket.undoMarker) {
    socket.undoResent = Math.max(0, socket.undoResent - segments);
  }
  return true;
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
    if (socket.bbr !== null) rateDelivered(socket, sent, false);
    queue.shift();
  }
  const acked = (flag & (FLAG.DATA_ACKED | FLAG.SYN_ACKED)) !== 0;
  const sequenceUs = firstAtUs >= 0 && (flag & FLAG.RESENT_DATA_ACKED) === 0 ? now - firstAtUs : -1;
  const sackUs = found.firstSentAtUs >= 0 ? now - found.firstSentAtUs : -1;
  let delayUs = sequenceUs >= 0 ? now - lastAtUs : -1;
  if (found.firstSentAtUs >= 0) delayUs = now - found.lastSentAtUs;
  if (socket.bbr !== null) {
    rate.rttUs = delayUs;
    // `FLAG_ACK_MAYBE_DELAYED`
    rate.mayBeDelayed = before - queue.packetsOut === 1 && sackedBefore === 0 && ack - priorUna < MSS;
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
  if (delay >= 0) {
    socket.cubic?.onDelay(delay, now, socket.nowJiffies, socket.una, socket.next);
  }
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
    endReduction(socket);
    keepOpen(socket);
  } else if (
    (found.flag &
      (FLAG.UNA_ADVANCED | FLAG.DATA | FLAG.WINDOW_UPDATE | FLAG.DATA_ACKED | FLAG.DATA_SACKED)) ===
    0
  ) {
    socket.probeHighSeq = 0;
  }
}
