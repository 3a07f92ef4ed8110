import { HZ, JIFFY_US, ORPHAN_RETRIES, RTO_MAX, RTO_MIN_US, SYNACK_RETRIES, WHY } from './constants.ts';
import { PUSH, pushPending, resend, retransmit, sendKeepAlive, sendSyn, sendSynAck } from './output.ts';
import { rackTimedOut } from './rack.ts';
import { enterLoss, enterRecovery, retransmitLost } from './recovery.ts';
import type { Socket } from './socket.ts';
import { CA, STATE, TIMER } from './states.ts';
import { rearmRto, setTimer } from './timers.ts';

/** What a timer found: the connection goes on, or it is over. */
export type Verdict = 'alive' | 'timed out' | 'forgotten';

/** The transmit timer's event came: it may be early, because the deadline moved (see setTimer). */
export function onTransmitTimer(socket: Socket): Verdict {
  const { kernel } = socket.stack.sim;
  socket.timerEvent = 0;
  if (socket.timer === TIMER.NONE) return 'alive';
  if (socket.timerAtUs > kernel.nowUs) {
    socket.timerEvent = kernel.at(socket.timerAtUs, socket.stack.transmitTimer, socket.index);
    socket.timerEventAtUs = socket.timerAtUs;
    return 'alive';
  }
  const kind = socket.timer;
  if (kind === TIMER.PROBE) sendProbe(socket);
  else if (kind === TIMER.REORDER) onReorderTimeout(socket);
  else if (kind === TIMER.WINDOW) probeWindow(socket);
  else if (kind === TIMER.SYNACK) return onSynAckTimeout(socket);
  else {
    socket.timer = TIMER.NONE;
    return socket.state === STATE.SYN_SENT ? onSynTimeout(socket) : onRetransmitTimeout(socket);
  }
  return 'alive';
}

/**
 * RTO (`tcp_retransmit_timer`): repeats the oldest segment, doubles the timeout; gives up when the time that
 * `tcp_retries2` stands for has passed since the first repeat.
 */
function onRetransmitTimeout(socket: Socket): Verdict {
  if (socket.queue.packetsOut === 0) return 'alive';
  socket.probeHighSeq = 0;
  const retries = socket.orphaned && socket.rtt.rto < RTO_MAX ? ORPHAN_RETRIES : socket.retries2;
  if (socket.timeouts > 0 && elapsedMs(socket) >= modelTimeoutMs(retries)) return 'timed out';
  enterLoss(socket);
  socket.timeouts++;
  socket.totalTimeouts++;
  retransmit(socket, socket.queue.head, WHY.RTO);
  socket.rtt.backOff();
  setTimer(socket, TIMER.RETRANSMIT, socket.rtt.rto);
  return 'alive';
}

function elapsedMs(socket: Socket): number {
  return socket.nowStamp + 1 - socket.resentStamp;
}

/** How long so many retries would take from an RTO of 200 ms, doubling up to 120 s (`tcp_model_timeout`). */
function modelTimeoutMs(retries: number): number {
  let total = 0;
  let rtoMs = RTO_MIN_US / 1000;
  for (let i = 0; i <= retries; i++) {
    total += rtoMs;
    rtoMs = Math.min(rtoMs * 2, (RTO_MAX * JIFFY_US) / 1000);
  }
  // Linux counts the steps below the cap by a shift, so the capped ones follow the ninth.
  return retries <= 9 ? total : 204_600 + (retries - 9) * 120_000;
}

/** SYN again (`tcp_syn_linear_timeouts`): a second apart at first, then twice as long each time. */
function onSynTimeout(socket: Socket): Verdict {
  if (socket.timeouts >= socket.synRetries + socket.synLinearTimeouts) return 'timed out';
  socket.timeouts++;
  socket.totalTimeouts++;
  socket.resent++;
  if (socket.resentStamp === 0) socket.resentStamp = Math.max(1, socket.nowStamp);
  socket.queue.first.sentAtUs = socket.nowUs;
  socket.queue.first.marks |= 8;
  sendSyn(socket, WHY.SYN);
  if (socket.totalTimeouts > socket.synLinearTimeouts) socket.rtt.backOff();
  setTimer(socket, TIMER.RETRANSMIT, socket.rtt.rto);
  return 'alive';
}

/** SYN-ACK again (`reqsk_timer_handler`): after 1, 2, 4, 8, 16 s, then the half-open connection is forgotten. */
function onSynAckTimeout(socket: Socket): Verdict {
  if (socket.timeouts >= SYNACK_RETRIES) return 'forgotten';
  socket.timeouts++;
  socket.resent++;
  sendSynAck(socket, WHY.SYN);
  let delay = HZ;
  for (let i = 0; i < socket.timeouts; i++) delay *= 2;
  setTimer(socket, TIMER.SYNACK, delay);
  return 'alive';
}

/** Tail loss probe (`tcp_send_loss_probe`): something new if there is, else the last segment again. */
function sendProbe(socket: Socket): void {
  const { queue } = socket;
  // At most one probe is out; where there is none to send, the timeout still counts from the oldest segment.
  if (queue.packetsOut > 0 && socket.probeHighSeq === 0) {
    socket.probeResent = false;
    let sent = pushPending(socket, PUSH.PROBE) > 0;
    if (!sent && (socket.next === socket.written || socket.next >= socket.windowEnd)) {
      resend(socket, queue.segments.length - 1, WHY.TLP);
      socket.probeResent = true;
      sent = true;
    }
    if (sent) {
      socket.probeHighSeq = socket.next;
      socket.timer = TIMER.NONE;
    }
  }
  rearmRto(socket);
}

/**
 * Asks whether a closed window is open again, at ever longer intervals (`tcp_probe_timer`, RFC 9293 §3.8.6.1): the
 * update that opened it may have been lost.
 */
function probeWindow(socket: Socket): void {
  socket.timer = TIMER.NONE;
  if (socket.queue.packetsOut > 0 || socket.next === socket.written) {
    socket.windowProbes = 0;
    return;
  }
  sendKeepAlive(socket);
  socket.windowProbes = Math.min(socket.windowProbes + 1, 15);
  let delay = socket.rtt.rto;
  for (let i = 0; i < socket.windowProbes && delay < RTO_MAX; i++) delay *= 2;
  setTimer(socket, TIMER.WINDOW, delay);
}

/** Segments that seemed reordered did not come: they are lost (`tcp_rack_reo_timeout`). */
function onReorderTimeout(socket: Socket): void {
  socket.timer = TIMER.NONE;
  const lostBefore = socket.lost;
  if (rackTimedOut(socket)) {
    if (socket.ca !== CA.RECOVERY) {
      enterRecovery(socket);
      socket.congestion.onTimedLoss(socket.lost - lostBefore);
    }
    retransmitLost(socket);
  }
  if ((socket.timer as number) !== TIMER.RETRANSMIT) rearmRto(socket);
}

/** The time of the next segment has come (`tcp_pace_kick`, `tcp_tsq_write`): what is lost goes first. */
export function onPaceTimer(socket: Socket): void {
  socket.paceEvent = 0;
  if (socket.state !== STATE.ESTABLISHED) return;
  const { queue } = socket;
  if (queue.lostOut > queue.resentOut && socket.congestion.cwnd > queue.inFlight) retransmitLost(socket);
  pushPending(socket, PUSH.NORMAL);
}

/** SO_KEEPALIVE (`tcp_keepalive_timer`): probes while nothing is heard; the times are those of the socket options. */
export function onKeepAliveTimer(socket: Socket): Verdict {
  socket.keepAliveEvent = 0;
  const { keepAlive } = socket;
  if (keepAlive === undefined || socket.state !== STATE.ESTABLISHED) return 'alive';
  const idle = Math.ceil((keepAlive.idleMs * HZ) / 1000);
  let delay = idle;
  if (socket.queue.packetsOut === 0 && socket.next === socket.written) {
    const silent = socket.nowJiffies - socket.host.jiffies.at(socket.lastArrivalUs);
    if (silent >= idle) {
      if (socket.keepAliveProbes >= keepAlive.count) return 'timed out';
      sendKeepAlive(socket);
      socket.keepAliveProbes++;
      delay = Math.ceil((keepAlive.intervalMs * HZ) / 1000);
    } else delay = idle - silent;
  }
  armKeepAlive(socket, delay);
  return 'alive';
}

export function armKeepAlive(socket: Socket, delay: number): void {
  const { kernel } = socket.stack.sim;
  const atUs = socket.host.jiffies.fires(kernel.nowUs, delay);
  socket.keepAliveEvent = kernel.at(atUs, socket.stack.keepAliveTimer, socket.index);
}
