import type { Socket } from './socket.ts';

/** Segments of a connection that are not paced: what a first window holds (`tcp_update_skb_after_send`). */
const UNPACED = 10;

/**
 * A segment left: the next burst may when this one has had its time, less what the sender is behind already, up to half.
 * @param continues whether it belongs to the burst of the one before (one `sk_buff` of Linux's)
 */
export function pace(socket: Socket, bytes: number, continues: boolean): void {
  const bytesPerUs = socket.congestion.pacingRate;
  if (bytesPerUs === Number.POSITIVE_INFINITY) return;
  const now = socket.nowUs;
  if (!continues) {
    socket.burstCreditUs = Math.max(0, now - socket.pacedUntilUs);
    socket.burstTakesUs = 0;
    socket.burstFromUs = Math.max(socket.pacedUntilUs, now);
  }
  if (++socket.dataSegments >= UNPACED && bytesPerUs > 0) socket.burstTakesUs += bytes / bytesPerUs;
  const takesUs = socket.burstTakesUs;
  socket.pacedUntilUs = socket.burstFromUs + takesUs - Math.min(takesUs / 2, socket.burstCreditUs);
}

/** Whether the next segment has to wait; then a timer sends it (`tcp_pacing_check`). */
export function pacingWaits(socket: Socket): boolean {
  const { kernel } = socket.stack.sim;
  if (socket.pacedUntilUs <= kernel.nowUs) return false;
  if (socket.paceEvent === 0) {
    socket.paceEvent = kernel.at(Math.ceil(socket.pacedUntilUs), socket.stack.paceTimer, socket.index);
  }
  return true;
}
