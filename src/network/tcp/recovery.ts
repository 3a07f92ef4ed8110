import { WHY } from './constants.ts';
import { ALERT, FLAG } from './flags.ts';
import { PUSH, pushPending, retransmit } from './output.ts';
import { pacingWaits } from './pacing.ts';
import { markLost, rackMarkLost, rackTimeout } from './rack.ts';
import { MARK, type Sent } from './send-queue.ts';
import type { Socket } from './socket.ts';
import { CA, TIMER } from './states.ts';
import { setTimer } from './timers.ts';
import { keepOpen, startUndo, undoByDsack, undoLoss, undoPartial, undoRecovery } from './undo.ts';

const NOT_DUPLICATE = FLAG.DATA | FLAG.WINDOW_UPDATE | FLAG.DATA_ACKED | FLAG.SYN_ACKED;

/** What may be sent after an acknowledgement: nothing again, what is lost, or something new (F-RTO). */
export const RESEND = { NONE: 0, LOST: 1, NEW: 2 } as const;

/** Whether an acknowledgement needs a closer look (`tcp_ack_is_dubious`). */
export function isDubious(socket: Socket, flag: number): boolean {
  return (flag & NOT_DUPLICATE) === 0 || (flag & ALERT) !== 0 || socket.ca !== CA.OPEN;
}

/** The result of {@link alert}: what the flags have become. */
export let alertFlags = 0;

/**
 * Moves between the congestion states Open, Disorder, CWR, Recovery and Loss (`tcp_fastretrans_alert`).
 * @returns what to send, one of {@link RESEND}; the flags go on in {@link alertFlags}
 */
export function alert(socket: Socket, flag: number, priorUna: number, duplicate: boolean): number {
  alertFlags = flag;
  if (socket.ca === CA.OPEN) {
    socket.resentStamp = 0;
  } else if (socket.una >= socket.highSeq) {
    if (socket.ca === CA.CWR) {
      if (socket.una !== socket.highSeq) {
        socket.congestion.endReduction();
        socket.ca = CA.OPEN;
      }
    } else if (socket.ca === CA.RECOVERY) {
      undoRecovery(socket);
      socket.congestion.endReduction();
    }
  }
  if (socket.ca === CA.RECOVERY) {
    if (flag & FLAG.UNA_ADVANCED && undoPartial(socket, priorUna)) return RESEND.NONE;
    if (undoByDsack(socket)) tryOpen(socket);
    identifyLoss(socket);
    if (socket.ca !== CA.RECOVERY) {
      if (socket.queue.lostOut === 0) return RESEND.NONE;
      enterRecovery(socket);
    }
    return RESEND.LOST;
  }
  if (socket.ca === CA.LOSS) {
    const what = processLoss(socket, flag, duplicate);
    identifyLoss(socket);
    // The window was undone, or a retransmission is lost: a recovery may begin.
    const again = (socket.ca as number) === CA.OPEN || (alertFlags & FLAG.LOST_RETRANSMISSION) !== 0;
    if (!again) return what;
  }
  if (socket.ca <= CA.DISORDER) undoByDsack(socket);
  identifyLoss(socket);
  if (socket.queue.lostOut === 0) {
    tryOpen(socket);
    return RESEND.NONE;
  }
  enterRecovery(socket);
  return RESEND.LOST;
}

function identifyLoss(socket: Socket): void {
  if (socket.queue.packetsOut === 0) return;
  const before = socket.queue.resentOut;
  if (rackMarkLost(socket)) alertFlags &= ~FLAG.SET_TIMER;
  if (before > socket.queue.resentOut) alertFlags |= FLAG.LOST_RETRANSMISSION;
}

/** `tcp_try_to_open`. */
export function tryOpen(socket: Socket): void {
  if (!socket.queue.anyResent) socket.resentStamp = 0;
  if (socket.ca !== CA.CWR) keepOpen(socket);
}

/** The window is to fall (`tcp_init_cwnd_reduction`). */
export function startReduction(socket: Socket): void {
  const { congestion } = socket;
  socket.highSeq = socket.next;
  socket.probeHighSeq = 0;
  socket.priorCwnd = congestion.cwnd;
  socket.prrDelivered = 0;
  socket.prrOut = 0;
  congestion.ssthresh = congestion.onLoss();
}

/** `tcp_enter_recovery`. */
export function enterRecovery(socket: Socket): void {
  if (!socket.queue.anyResent) socket.resentStamp = 0;
  socket.priorSsthresh = 0;
  startUndo(socket);
  if (!socket.reducing) {
    socket.priorSsthresh = socket.currentSsthresh;
    startReduction(socket);
  }
  socket.ca = CA.RECOVERY;
}

/** Acknowledgements after a timeout, with F-RTO (`tcp_process_loss`, RFC 5682 §3). */
function processLoss(socket: Socket, flag: number, duplicate: boolean): number {
  const recovered = socket.una >= socket.highSeq;
  const advanced = (flag & FLAG.UNA_ADVANCED) !== 0;
  if (advanced && undoLoss(socket, false)) return RESEND.NONE;
  if (socket.frto) {
    if (flag & FLAG.ORIGINAL_SACK_ACKED && undoLoss(socket, true)) return RESEND.NONE;
    if (socket.next > socket.highSeq) {
      if (flag & FLAG.DATA_SACKED || duplicate) socket.frto = false;
    } else if (advanced && !recovered) {
      socket.highSeq = socket.next;
      if (socket.next < socket.written && socket.windowEnd > socket.next) return RESEND.NEW;
      socket.frto = false;
    }
  }
  if (recovered) {
    undoRecovery(socket);
    return RESEND.NONE;
  }
  return RESEND.LOST;
}

/** The retransmission timer fired: everything old enough counts as lost (`tcp_enter_loss`). */
export function enterLoss(socket: Socket): void {
  const { queue, congestion } = socket;
  const isNew = socket.ca < CA.RECOVERY;
  for (let i = queue.head; i < queue.segments.length; i++) {
    const sent = queue.segments[i] as Sent;
    if (i !== queue.head && rackTimeout(socket, sent, 0) > 0) continue;
    markLost(socket, sent);
  }
  const within = socket.ca > CA.DISORDER && socket.highSeq > socket.una;
  if (!within || (socket.ca === CA.LOSS && socket.timeouts === 0)) {
    socket.priorSsthresh = socket.currentSsthresh;
    socket.priorCwnd = congestion.cwnd;
    congestion.ssthresh = congestion.onLoss();
    startUndo(socket);
  }
  congestion.cwnd = queue.inFlight + 1;
  socket.cwndStamp = socket.nowJiffies;
  if (socket.ca <= CA.DISORDER && queue.sackedOut >= 3) socket.reordering = Math.min(socket.reordering, 3);
  congestion.onTimeout();
  socket.ca = CA.LOSS;
  socket.highSeq = socket.next;
  socket.probeHighSeq = 0;
  socket.frto = isNew || socket.timeouts > 0;
}

/** Repeats what is lost, as far as the window allows (`tcp_xmit_retransmit_queue`). */
export function retransmitLost(socket: Socket): void {
  const { queue, congestion } = socket;
  let rearm = false;
  for (let i = queue.head; i < queue.segments.length; i++) {
    if (pacingWaits(socket)) break;
    if (congestion.cwnd - queue.inFlight <= 0) break;
    if (queue.resentOut >= queue.lostOut) break;
    const sent = queue.segments[i] as Sent;
    if ((sent.marks & (MARK.LOST | MARK.SACKED | MARK.RESENT)) !== MARK.LOST) continue;
    retransmit(socket, i, socket.ca === CA.LOSS ? WHY.GO_BACK : WHY.RACK);
    if (socket.reducing) socket.prrOut++;
    if (i === queue.head && socket.timer !== TIMER.REORDER) rearm = true;
  }
  if (rearm) setTimer(socket, TIMER.RETRANSMIT, socket.rtt.rto);
}

/** What {@link alert} asked for (`tcp_xmit_recovery`). */
export function sendRecovery(socket: Socket, what: number): void {
  if (what === RESEND.NONE) return;
  if (what === RESEND.NEW) {
    pushPending(socket, PUSH.NAGLE_OFF);
    if (socket.next > socket.highSeq) return;
    socket.frto = false;
  }
  retransmitLost(socket);
}
