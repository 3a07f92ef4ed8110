import { JIFFY_US, RTO_MAX, RTO_MIN_US, TIMEOUT_MIN_US } from './constants.ts';
import { toJiffies } from './jiffies.ts';
import type { Socket } from './socket.ts';
import { CA, TIMER } from './states.ts';

/**
 * Sets the transmit timer. A kernel event that is already pending earlier is left alone: when it comes, it finds the
 * deadline moved and waits on. So an acknowledgement that moves the timer costs nothing.
 * @param delay jiffies, before the wheel rounds
 */
export function setTimer(socket: Socket, kind: number, delay: number): void {
  const kernel = socket.stack.sim.kernel;
  const atUs = socket.host.jiffies.fires(kernel.nowUs, Math.min(delay, RTO_MAX));
  socket.timer = kind;
  socket.timerAtUs = atUs;
  if (socket.timerEvent !== 0) {
    if (socket.timerEventAtUs <= atUs) return;
    kernel.cancel(socket.timerEvent);
  }
  socket.timerEvent = kernel.at(atUs, socket.stack.transmitTimer, socket.index);
  socket.timerEventAtUs = atUs;
}

/** `tcp_rearm_rto`: the timeout counts from when the oldest segment was sent, where a shorter timer was set meanwhile. */
export function rearmRto(socket: Socket): void {
  if (socket.queue.packetsOut === 0) {
    socket.timer = TIMER.NONE;
    return;
  }
  let delay = socket.rtt.rto;
  if (socket.timer === TIMER.REORDER || socket.timer === TIMER.PROBE) {
    delay = toJiffies(Math.max(1, rtoDelta(socket)));
  }
  setTimer(socket, TIMER.RETRANSMIT, delay);
}

/** µs until RTO has passed since the oldest segment was sent (`tcp_rto_delta_us`). */
function rtoDelta(socket: Socket): number {
  return socket.queue.first.sentAtUs + socket.rtt.rto * JIFFY_US - socket.nowUs;
}

/**
 * Sets the timer for a tail loss probe (`tcp_schedule_loss_probe`, RFC 8985 §7.2): two round trips, and 200 ms more
 * where a lone segment's acknowledgement may be delayed; never later than RTO.
 * @param advancing whether an acknowledgement just made progress, so that RTO counts from now
 * @returns whether it is set
 */
export function scheduleProbe(socket: Socket, advancing: boolean): boolean {
  const out = socket.queue.packetsOut;
  if (out === 0 || (socket.ca !== CA.OPEN && socket.ca !== CA.CWR)) return false;
  let us = Math.floor(socket.rtt.srtt8 / 4) + (out === 1 ? RTO_MIN_US : TIMEOUT_MIN_US);
  if (socket.rtt.srtt8 === 0) us = 1_000_000;
  const rtoUs = advancing ? socket.rtt.rto * JIFFY_US : rtoDelta(socket);
  if (rtoUs > 0 && rtoUs < us) us = rtoUs;
  setTimer(socket, TIMER.PROBE, toJiffies(us));
  return true;
}

/** Forgets every timer: the socket is closed. */
export function stopTimers(socket: Socket): void {
  const kernel = socket.stack.sim.kernel;
  kernel.cancel(socket.timerEvent);
  kernel.cancel(socket.ackEvent);
  kernel.cancel(socket.keepAliveEvent);
  kernel.cancel(socket.paceEvent);
  socket.timer = TIMER.NONE;
  socket.timerEvent = 0;
  socket.ackEvent = 0;
  socket.keepAliveEvent = 0;
  socket.paceEvent = 0;
  socket.delayedAckJiffies = 0;
  socket.compressedAckAtUs = 0;
}
