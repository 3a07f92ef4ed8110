import { FLAG } from './flags.ts';
import { CA, type Socket } from './socket.ts';

/** How the window falls in a recovery: proportional rate reduction (RFC 6937, `tcp_cwnd_reduction`). */

/** `tcp_init_cwnd_reduction`: PRR begins (RFC 6937). */
export function startReduction(socket: Socket): void {
  socket.highSeq = socket.next;
  socket.probeHighSeq = 0;
  socket.congestion.forgetCount();
  socket.priorCwnd = socket.congestion.cwnd;
  socket.prrDelivered = 0;
  socket.prrOut = 0;
  socket.congestion.ssthresh = socket.congestion.onLoss();
}

/**
 * Proportional rate reduction (`tcp_cwnd_reduction`, RFC 6937 with slow-start reduction bound): the window follows what
 * is delivered down to the threshold.
 */
export function reduceCwnd(socket: Socket, delivered: number, lost: number, flag: number): void {
  // BBR has its own way.
  if (socket.bbr !== null) return;
  if (delivered <= 0 || socket.priorCwnd === 0) return;
  const { congestion, queue } = socket;
  const inFlight = queue.inFlight;
  const room = congestion.ssthresh - inFlight;
  socket.prrDelivered += delivered;
  let count: number;
  if (room < 0) {
    count = Math.floor((congestion.ssthresh * socket.prrDelivered + socket.priorCwnd - 1) / socket.priorCwnd);
    count -= socket.prrOut;
  } else {
    count = Math.max(socket.prrDelivered - socket.prrOut, delivered);
    if (flag & FLAG.UNA_ADVANCED && lost === 0) count++;
    count = Math.min(room, count);
  }
  // The first retransmission leaves whatever the arithmetic says.
  count = Math.max(count, socket.prrOut > 0 ? 0 : 1);
  congestion.setWindow(inFlight + count);
}

/** `tcp_end_cwnd_reduction`. */
export function endReduction(socket: Socket): void {
  if (socket.bbr !== null) return;
  const { congestion } = socket;
  if (congestion.ssthresh < Number.POSITIVE_INFINITY && (socket.ca === CA.CWR || socket.undoMarker > 0)) {
    congestion.setWindow(congestion.ssthresh);
    socket.cwndStamp = socket.nowJiffies;
  }
}
