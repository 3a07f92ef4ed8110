import { MSS, REORDERING_MAX } from './constants.ts';
import { MARK, type Sent } from './send-queue.ts';
import type { Socket } from './socket.ts';
import { CA } from './states.ts';

/** Taking a reduction of the window back, once it shows that nothing was lost (Eifel, DSACK; RFC 3522, RFC 4015). */

/** The newest timestamp echoed to this end; set for each acknowledgement. */
export let echoed = 0;
export function setEchoed(stamp: number): void {
  echoed = stamp;
}

/** Remembers where a recovery began, and what it has repeated (`tcp_init_undo`). */
export function startUndo(socket: Socket): void {
  socket.undoMarker = socket.una;
  let resent = socket.queue.resentOut;
  // A probe that went out as a repeat may be the one that a DSACK tells of.
  if (socket.probeHighSeq > 0 && socket.probeResent) resent++;
  socket.undoResent = resent === 0 ? -1 : resent;
}

/** Open, or Disorder while anything is SACKed, lost or repeated (`tcp_try_keep_open`). */
export function keepOpen(socket: Socket): void {
  const { sackedOut, lostOut, anyResent } = socket.queue;
  const state = sackedOut + lostOut > 0 || anyResent ? CA.DISORDER : CA.OPEN;
  if (socket.ca !== state) {
    socket.ca = state;
    socket.highSeq = socket.next;
  }
}

/** An echo from before the first retransmission: the original arrived (`tcp_packet_delayed`, Eifel, RFC 3522). */
function wasDelayed(socket: Socket): boolean {
  return socket.resentStamp > 0 ? echoed > 0 && echoed < socket.resentStamp : true;
}

function mayUndo(socket: Socket): boolean {
  return socket.undoMarker > 0 && (socket.undoResent === 0 || wasDelayed(socket));
}

/** Takes the reduction of the window back: nothing was lost (`tcp_undo_cwnd_reduction`). */
function undoReduction(socket: Socket, unmark: boolean): void {
  const { congestion, queue } = socket;
  if (unmark) {
    for (let i = queue.head; i < queue.segments.length; i++) {
      (queue.segments[i] as Sent).marks &= ~MARK.LOST;
    }
    queue.lostOut = 0;
  }
  if (socket.priorSsthresh > 0) {
    congestion.cwnd = congestion.undo(socket.priorCwnd);
    if (socket.priorSsthresh > congestion.ssthresh) congestion.ssthresh = socket.priorSsthresh;
  }
  socket.cwndStamp = socket.nowJiffies;
  socket.undoMarker = 0;
  socket.rackAdvanced = true;
}

/** `tcp_try_undo_recovery`. */
export function undoRecovery(socket: Socket): void {
  if (mayUndo(socket)) undoReduction(socket, false);
  else if (socket.rackPersist > 0) socket.rackPersist--;
  socket.ca = CA.OPEN;
}

/** `tcp_try_undo_partial`. @returns whether to wait for what is still out */
export function undoPartial(socket: Socket, priorUna: number): boolean {
  if (socket.undoMarker === 0 || !wasDelayed(socket)) return false;
  noteReordering(socket, priorUna);
  if (socket.queue.resentOut > 0) return true;
  if (!socket.queue.anyResent) socket.resentStamp = 0;
  undoReduction(socket, true);
  keepOpen(socket);
  return false;
}

export function undoByDsack(socket: Socket): boolean {
  if (socket.undoMarker === 0 || socket.undoResent !== 0) return false;
  socket.rackPersist = Math.min(16, socket.rackPersist + 1);
  undoReduction(socket, false);
  return true;
}

/** `tcp_try_undo_loss`. */
export function undoLoss(socket: Socket, spurious: boolean): boolean {
  if (!spurious && !mayUndo(socket)) return false;
  undoReduction(socket, true);
  socket.timeouts = 0;
  socket.ca = CA.OPEN;
  return true;
}

/** A hole that was filled by what was never repeated: how far out of order it came (`tcp_check_sack_reordering`). */
export function noteReordering(socket: Socket, low: number): void {
  const high = socket.highestSacked;
  if (low >= high) return;
  if (high - low > socket.reordering * MSS) {
    socket.reordering = Math.min(Math.ceil((high - low) / MSS), REORDERING_MAX);
  }
  socket.reorderSeen = true;
}
