import { MSS, REORDERING_MAX, WHY } from './constants.ts';
import { PUSH, pushPending, retransmit } from './output.ts';
import { markLost, rackMarkLost, rackTimeout } from './rack.ts';
import { MARK, type Sent } from './send-queue.ts';
import { CA, type Socket, TIMER } from './socket.ts';
import { setTimer } from './timers.ts';

/** What an acknowledgement brought: bits, with Linux's names (FLAG_* in tcp_input.c). */
export const FLAG = {
  DATA: 1,
  WINDOW_UPDATE: 2,
  DATA_ACKED: 4,
  RESENT_DATA_ACKED: 8,
  SYN_ACKED: 16,
  DATA_SACKED: 32,
  /** Something that was never retransmitted arrived after all. */
  ORIGINAL_SACK_ACKED: 64,
  UNA_ADVANCED: 128,
  DSACKING: 256,
  DSACK_PROBE: 512,
  SET_TIMER: 1024,
  LOST_RETRANSMISSION: 2048,
} as const;

const NOT_DUPLICATE = FLAG.DATA | FLAG.WINDOW_UPDATE | FLAG.DATA_ACKED | FLAG.SYN_ACKED;
const ALERT = FLAG.DATA_SACKED | FLAG.DSACKING;

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
        endReduction(socket);
        socket.ca = CA.OPEN;
      }
    } else if (socket.ca === CA.RECOVERY) {
      undoRecovery(socket);
      endReduction(socket);
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
  if (!socket.anyResent) socket.resentStamp = 0;
  if (socket.ca !== CA.CWR) keepOpen(socket);
}

/** Open, or Disorder while anything is SACKed, lost or repeated (`tcp_try_keep_open`). */
export function keepOpen(socket: Socket): void {
  const { sackedOut, lostOut } = socket.queue;
  const state = sackedOut + lostOut > 0 || socket.anyResent ? CA.DISORDER : CA.OPEN;
  if (socket.ca !== state) {
    socket.ca = state;
    socket.highSeq = socket.next;
  }
}

/** `tcp_enter_recovery`. */
export function enterRecovery(socket: Socket): void {
  if (!socket.anyResent) socket.resentStamp = 0;
  socket.priorSsthresh = 0;
  startUndo(socket);
  if (!socket.reducing) {
    socket.priorSsthresh = socket.cubic.currentSsthresh;
    startReduction(socket);
  }
  socket.ca = CA.RECOVERY;
}

function startUndo(socket: Socket): void {
  socket.undoMarker = socket.una;
  let resent = socket.queue.resentOut;
  // A probe that went out as a repeat may be the one that a DSACK tells of.
  if (socket.probeHighSeq > 0 && socket.probeResent) resent++;
  socket.undoResent = resent === 0 ? -1 : resent;
}

/** `tcp_init_cwnd_reduction`: PRR begins (RFC 6937). */
export function startReduction(socket: Socket): void {
  socket.highSeq = socket.next;
  socket.probeHighSeq = 0;
  socket.cubic.forgetCount();
  socket.priorCwnd = socket.cubic.cwnd;
  socket.prrDelivered = 0;
  socket.prrOut = 0;
  socket.cubic.ssthresh = socket.cubic.onLoss();
}

/**
 * Proportional rate reduction (`tcp_cwnd_reduction`, RFC 6937 with slow-start reduction bound): the window follows what
 * is delivered down to the threshold.
 */
export function reduceCwnd(socket: Socket, delivered: number, lost: number, flag: number): void {
  if (delivered <= 0 || socket.priorCwnd === 0) return;
  const { cubic, queue } = socket;
  const inFlight = queue.inFlight;
  const room = cubic.ssthresh - inFlight;
  socket.prrDelivered += delivered;
  let count: number;
  if (room < 0) {
    count = Math.floor((cubic.ssthresh * socket.prrDelivered + socket.priorCwnd - 1) / socket.priorCwnd);
    count -= socket.prrOut;
  } else {
    count = Math.max(socket.prrDelivered - socket.prrOut, delivered);
    if (flag & FLAG.UNA_ADVANCED && lost === 0) count++;
    count = Math.min(room, count);
  }
  // The first retransmission leaves whatever the arithmetic says.
  count = Math.max(count, socket.prrOut > 0 ? 0 : 1);
  cubic.setWindow(inFlight + count);
}

/** `tcp_end_cwnd_reduction`. */
export function endReduction(socket: Socket): void {
  const { cubic } = socket;
  if (cubic.ssthresh < Number.POSITIVE_INFINITY && (socket.ca === CA.CWR || socket.undoMarker > 0)) {
    cubic.setWindow(cubic.ssthresh);
    socket.cwndStamp = socket.nowJiffies;
  }
}

/** The newest timestamp echoed to this end; set for each acknowledgement. */
export let echoed = 0;
export function setEchoed(stamp: number): void {
  echoed = stamp;
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
  const { cubic, queue } = socket;
  if (unmark) {
    for (let i = queue.head; i < queue.segments.length; i++) {
      (queue.segments[i] as Sent).marks &= ~MARK.LOST;
    }
    queue.lostOut = 0;
  }
  if (socket.priorSsthresh > 0) {
    cubic.setWindow(Math.max(cubic.cwnd, socket.priorCwnd));
    if (socket.priorSsthresh > cubic.ssthresh) cubic.ssthresh = socket.priorSsthresh;
  }
  socket.cwndStamp = socket.nowJiffies;
  socket.undoMarker = 0;
  socket.rackAdvanced = true;
}

/** `tcp_try_undo_recovery`. */
function undoRecovery(socket: Socket): void {
  if (mayUndo(socket)) undoReduction(socket, false);
  else if (socket.rackPersist > 0) socket.rackPersist--;
  socket.ca = CA.OPEN;
}

/** `tcp_try_undo_partial`. @returns whether to wait for what is still out */
function undoPartial(socket: Socket, priorUna: number): boolean {
  if (socket.undoMarker === 0 || !wasDelayed(socket)) return false;
  noteReordering(socket, priorUna);
  if (socket.queue.resentOut > 0) return true;
  if (!socket.anyResent) socket.resentStamp = 0;
  undoReduction(socket, true);
  keepOpen(socket);
  return false;
}

function undoByDsack(socket: Socket): boolean {
  if (socket.undoMarker === 0 || socket.undoResent !== 0) return false;
  socket.rackPersist = Math.min(16, socket.rackPersist + 1);
  undoReduction(socket, false);
  return true;
}

/** `tcp_try_undo_loss`. */
function undoLoss(socket: Socket, spurious: boolean): boolean {
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
  const { queue, cubic } = socket;
  const isNew = socket.ca < CA.RECOVERY;
  for (let i = queue.head; i < queue.segments.length; i++) {
    const sent = queue.segments[i] as Sent;
    if (i !== queue.head && rackTimeout(socket, sent, 0) > 0) continue;
    markLost(socket, sent);
  }
  const within = socket.ca > CA.DISORDER && socket.highSeq > socket.una;
  if (!within || (socket.ca === CA.LOSS && socket.timeouts === 0)) {
    socket.priorSsthresh = socket.reducing ? cubic.ssthresh : cubic.currentSsthresh;
    socket.priorCwnd = cubic.cwnd;
    cubic.ssthresh = cubic.onLoss();
    startUndo(socket);
  }
  cubic.setWindow(queue.inFlight + 1);
  cubic.forgetCount();
  socket.cwndStamp = socket.nowJiffies;
  if (socket.ca <= CA.DISORDER && queue.sackedOut >= 3) socket.reordering = Math.min(socket.reordering, 3);
  cubic.reset(socket.nowUs, socket.next);
  socket.ca = CA.LOSS;
  socket.highSeq = socket.next;
  socket.probeHighSeq = 0;
  socket.frto = isNew || socket.timeouts > 0;
}

/** Repeats what is lost, as far as the window allows (`tcp_xmit_retransmit_queue`). */
export function retransmitLost(socket: Socket): void {
  const { queue, cubic } = socket;
  let rearm = false;
  for (let i = queue.head; i < queue.segments.length; i++) {
    if (cubic.cwnd - queue.inFlight <= 0) break;
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
