import { FLAG } from './flags.ts';
import { isCwndLimited } from './output.ts';
import { reduceCwnd } from './prr.ts';
import { endRateSample, rate } from './rate.ts';
import type { Socket } from './socket.ts';

/**
 * After an acknowledgement, before anything is sent again (`tcp_cong_control`).
 * @param delivered segments, newly @param lost segments, newly taken for lost
 */
export function controlCongestion(socket: Socket, delivered: number, lost: number, flag: number): void {
  endRateSample(socket, delivered, lost);
  if (socket.bbr !== null) {
    socket.bbr.onAck(rate);
    return;
  }
  if (socket.reducing) {
    reduceCwnd(socket, delivered, lost, flag);
    return;
  }
  const progress = FLAG.DATA_ACKED | (socket.reordering > 3 ? FLAG.DATA_SACKED | FLAG.SYN_ACKED : 0);
  if (flag & progress && delivered > 0 && isCwndLimited(socket)) {
    socket.cubic?.onAcked(delivered, socket.nowJiffies);
  }
}
