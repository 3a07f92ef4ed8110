import { DELACK_MIN, HEADER, RST_BYTES, SYN_BYTES, WHY } from './constants.ts';
import { PACKET } from './contract.ts';
import { pace, pacingWaits } from './pacing.ts';
import { Segment } from './segment.ts';
import { MARK, type Sent } from './send-queue.ts';
import type { Socket } from './socket.ts';
import { STATE, TIMER } from './states.ts';
import { rearmRto, scheduleProbe, setTimer } from './timers.ts';

/**
 * Sends a segment of data (and FIN) that is in the queue; it carries the acknowledgement too.
 * @param continues whether it leaves in one burst with the one before
 */
export function transmit(socket: Socket, sent: Sent, why: number, continues = false): void {
  const now = socket.nowUs;
  const jiffies = socket.nowJiffies;
  const { congestion } = socket;
  // `tcp_event_data_sent`. A new segment is counted already; one that is sent again is not counted yet.
  if (socket.queue.inFlight === (why === WHY.FIRST ? 1 : 0)) {
    congestion.onTransmitStart(jiffies, jiffies - socket.lastSentJiffies);
  }
  socket.lastSentJiffies = jiffies;
  // An answer soon after what it answers: the two ends are in a dialogue (`tcp_event_data_sent`).
  if (jiffies - socket.lastReceivedJiffies < socket.ato) socket.interactive = true;
  sent.sentAtUs = now;
  sent.delivered = socket.delivered;
  congestion.onSent(sent, why === WHY.FIRST && socket.queue.packetsOut === 1);
  const bytes = sent.end - sent.seq - (sent.fin ? 1 : 0);
  const what = PACKET.ACK | (bytes > 0 ? PACKET.DATA : 0) | (sent.fin ? PACKET.FIN : 0);
  send(socket, what, why, sent.seq, bytes, sent.firstUnit, sent.lastUnit, sent.push);
  if (bytes > 0) pace(socket, bytes, continues);
}

/** Sends an acknowledgement without data. */
export function sendAck(socket: Socket): void {
  send(socket, PACKET.ACK, 0, socket.next, 0, 0, 0, false);
}

/** A probe of an idle connection: the last byte before, which the peer has and must acknowledge. */
export function sendKeepAlive(socket: Socket): void {
  send(socket, PACKET.ACK | PACKET.KEEPALIVE, 0, socket.una - 1, 0, 0, 0, false);
}

function send(
  socket: Socket,
  what: number,
  why: number,
  seq: number,
  bytes: number,
  firstUnit: number,
  lastUnit: number,
  push: boolean,
): void {
  const inbox = socket.inbox;
  const options = inbox.optionBytes;
  const segment = new Segment(
    socket.connection,
    HEADER + options + bytes,
    what,
    why,
    seq,
    inbox.next,
    bytes,
    firstUnit,
    lastUnit,
    push,
    socket.offeredWindow,
    socket.nowStamp,
    socket.echo,
    options === 0 ? null : inbox.takeBlocks(),
  );
  acknowledgementLeft(socket);
  socket.path.send(segment, socket.peer);
}

/** `tcp_event_ack_sent`: nothing is owed any more. */
function acknowledgementLeft(socket: Socket): void {
  if (socket.quickAcks > 0 && socket.ackScheduled && --socket.quickAcks === 0) socket.ato = DELACK_MIN;
  socket.acknowledged = socket.inbox.next;
  socket.ackScheduled = false;
  socket.ackNow = false;
  socket.ackPushed = 0;
  socket.delayedAckJiffies = 0;
  socket.compressedAckAtUs = 0;
  socket.compressedAcks = 0;
}

export function sendSyn(socket: Socket, why: number): void {
  const syn = segmentOf(socket, PACKET.SYN, SYN_BYTES, why, 0, 0);
  socket.path.send(syn, socket.peer);
}

export function sendSynAck(socket: Socket, why: number): void {
  const synAck = segmentOf(socket, PACKET.SYN | PACKET.ACK, SYN_BYTES, why, 0, socket.inbox.next);
  socket.path.send(synAck, socket.peer);
}

/** A reset for a segment that belongs to no connection here (RFC 9293 §3.10.7.1). */
export function sendReset(socket: Socket, seq: number, ack: number): void {
  const reset = segmentOf(socket, PACKET.RST | (ack > 0 ? PACKET.ACK : 0), RST_BYTES, 0, seq, ack);
  socket.path.send(reset, socket.peer);
}

/** A reset of a connection that this end gives up. */
export function sendActiveReset(socket: Socket): void {
  const reset = segmentOf(socket, PACKET.RST | PACKET.ACK, HEADER, 0, socket.next, socket.inbox.next);
  socket.path.send(reset, socket.peer);
}

function segmentOf(
  socket: Socket,
  what: number,
  bytes: number,
  why: number,
  seq: number,
  ack: number,
): Segment {
  return new Segment(
    socket.connection,
    bytes,
    what,
    why,
    seq,
    ack,
    0,
    0,
    0,
    false,
    socket.offeredWindow,
    socket.nowStamp,
    socket.echo,
    null,
  );
}

/** How {@link pushPending} is to send. */
export const PUSH = { NORMAL: 0, NAGLE_OFF: 1, PROBE: 2 } as const;

/**
 * Sends what was written, as far as the windows allow (`tcp_write_xmit`). Small writes that had to wait leave together,
 * up to a full segment.
 * @param mode PROBE sends one segment whatever the congestion window says
 * @returns segments sent
 */
export function pushPending(socket: Socket, mode: number): number {
  const { queue, congestion } = socket;
  let sent = 0;
  let cwndLimited = false;
  while (socket.next < socket.written || (socket.finQueued && !socket.finSent)) {
    const continues = sent % congestion.burst > 0;
    if (!continues && pacingWaits(socket)) break;
    if (mode === PUSH.PROBE) {
      if (sent > 0) break;
    } else if (queue.inFlight >= congestion.cwnd) {
      cwndLimited = true;
      break;
    }
    const { mss } = socket;
    const bytes = Math.min(mss, socket.written - socket.next);
    if (socket.next + bytes > socket.windowEnd) break;
    const fin = socket.finQueued && socket.next + bytes === socket.written;
    if (bytes < mss && !fin && mode === PUSH.NORMAL && nagleWaits(socket)) break;
    sendNext(socket, bytes, mss, fin, continues);
    sent++;
  }
  if (queue.inFlight >= congestion.cwnd) cwndLimited = true;
  if (sent > 0 || cwndLimited) validateCwnd(socket, cwndLimited);
  if (sent > 0) {
    if (socket.reducing) socket.prrOut += sent;
    if (mode !== PUSH.PROBE) scheduleProbe(socket, false);
  }
  // The window is closed, and nothing is out whose acknowledgement could open it (`tcp_check_probe_timer`).
  else if (queue.packetsOut === 0 && socket.next < socket.written && socket.timer === TIMER.NONE) {
    socket.windowProbes = 0;
    setTimer(socket, TIMER.WINDOW, socket.rtt.rto);
  }
  return sent;
}

function sendNext(socket: Socket, bytes: number, mss: number, fin: boolean, continues: boolean): void {
  const { queue } = socket;
  const end = socket.next + bytes + (fin ? 1 : 0);
  const before = queue.packetsOut;
  const sent = queue.push(socket.next, end, socket.nowUs);
  sent.fin = fin;
  sent.push = socket.next + bytes === socket.written;
  if (bytes > 0) {
    sent.firstUnit = socket.units.nextToSend;
    sent.lastUnit = socket.units.send(socket.next + bytes);
  }
  if (fin) socket.finSent = true;
  if (bytes < mss) socket.smallEnd = end;
  socket.next = end;
  transmit(socket, sent, WHY.FIRST, continues);
  if (before === 0 || socket.timer === TIMER.PROBE) rearmRto(socket);
}

/** Nagle's algorithm with Minshall's change: a small segment waits while another small one is out (`tcp_nagle_test`). */
function nagleWaits(socket: Socket): boolean {
  return !socket.noDelay && socket.queue.packetsOut > 0 && socket.smallEnd > socket.una;
}

/** Remembers whether the window is what holds the sender back (`tcp_cwnd_validate`, RFC 2861). */
function validateCwnd(socket: Socket, limited: boolean): void {
  const out = socket.queue.packetsOut;
  if (socket.una >= socket.cwndUsageSeq || limited || (!socket.cwndLimited && out > socket.packetsOutMax)) {
    socket.cwndLimited = limited;
    socket.packetsOutMax = out;
    socket.cwndUsageSeq = socket.next;
  }
  if (socket.isCwndLimited) {
    socket.cwndUsed = 0;
    socket.cwndStamp = socket.nowJiffies;
  } else {
    socket.congestion.onUnderused(out);
  }
}

/** After more than an RTO without sending, the window is no longer what the path can take. */
export function restartAfterIdle(socket: Socket): void {
  if (socket.queue.packetsOut > 0 || socket.state !== STATE.ESTABLISHED) return;
  const idle = socket.nowJiffies - socket.lastSentJiffies;
  if (idle > socket.rtt.rto) socket.congestion.onIdle(idle);
}

/**
 * Sends a segment again (`__tcp_retransmit_skb`). Small segments behind it that are not SACKed are merged into it, as
 * far as they fit: one packet may carry the repeats of many messages.
 */
export function resend(socket: Socket, index: number, why: number): void {
  const queue = socket.queue;
  const sent = queue.segments[index] as Sent;
  if (sent.seq < socket.una) sent.seq = socket.una;
  const room = socket.mss;
  for (;;) {
    const following = queue.segments[index + 1];
    if (following === undefined || following.marks & MARK.SACKED) break;
    if (following.end - sent.seq - (following.fin ? 1 : 0) > room) break;
    sent.end = following.end;
    sent.fin = following.fin;
    sent.push = following.push;
    if (sent.firstUnit === 0) sent.firstUnit = following.firstUnit;
    if (following.lastUnit !== 0) sent.lastUnit = following.lastUnit;
    sent.marks |= following.marks & MARK.EVER_RESENT;
    queue.remove(index + 1);
  }
  sent.marks |= MARK.EVER_RESENT;
  socket.resent++;
  transmit(socket, sent, why);
}

/** Sends a segment again as part of a recovery (`tcp_retransmit_skb`): it counts as in flight once more. */
export function retransmit(socket: Socket, index: number, why: number): void {
  resend(socket, index, why);
  const sent = socket.queue.segments[index] as Sent;
  if ((sent.marks & MARK.RESENT) === 0) {
    sent.marks |= MARK.RESENT;
    socket.queue.resentOut++;
  }
  if (socket.resentStamp === 0) socket.resentStamp = Math.max(1, socket.nowStamp);
  socket.undoResent = Math.max(socket.undoResent, 0) + 1;
}
