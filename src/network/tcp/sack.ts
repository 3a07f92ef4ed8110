import { MSS } from './constants.ts';
import { FLAG } from './flags.ts';
import { rackAdvance } from './rack.ts';
import { MARK, type Sent } from './send-queue.ts';
import type { Socket } from './socket.ts';
import { CA } from './states.ts';
import { noteReordering } from './undo.ts';

/** What the marking of one acknowledgement found; one at a time. */
export const found = {
  flag: 0,
  /** Lowest sequence that arrived out of its turn. */
  reordered: 0,
  /** When the first and the last of the newly SACKed were sent; -1: none. */
  firstSentAtUs: -1,
  lastSentAtUs: -1,
  /** `delivered` when the newest of what has arrived was sent; 0: nothing has (`rs->prior_delivered`). */
  priorDelivered: 0,
};

/** An acknowledgement has come. @param flag what is known of it already */
export function beginMarking(flag: number): void {
  found.flag = flag;
  found.firstSentAtUs = -1;
  found.lastSentAtUs = -1;
  found.priorDelivered = 0;
}

/** What came twice, by the present acknowledgement; empty if nothing did. */
let twiceStart = 0;
let twiceEnd = 0;

/**
 * Marks what the SACK blocks cover (`tcp_sacktag_write_queue`), the lowest first: an acknowledgement may be the first to
 * tell of several, because those before it were lost, and that is no reordering.
 */
export function markSacked(socket: Socket, blocks: number[], ack: number, priorUna: number): void {
  found.reordered = socket.next;
  const isDsack = checkDsack(socket, blocks, ack, priorUna);
  twiceStart = isDsack ? (blocks[0] as number) : 0;
  twiceEnd = isDsack ? (blocks[1] as number) : 0;
  if (isDsack && tellsOfAcknowledged(socket, priorUna)) markRange(socket, twiceStart, twiceEnd);
  let done = socket.una;
  for (;;) {
    const at = lowestAbove(blocks, isDsack ? 2 : 0, done);
    if (at < 0) break;
    done = blocks[at] as number;
    markRange(socket, done, blocks[at + 1] as number);
  }
  if (socket.ca !== CA.LOSS || socket.undoMarker > 0) noteReordering(socket, found.reordered);
}

/** Whether a DSACK is of what this acknowledgement takes, and of the present recovery (`tcp_is_sackblock_valid`). */
function tellsOfAcknowledged(socket: Socket, priorUna: number): boolean {
  const { undoMarker, una } = socket;
  return undoMarker > 0 && twiceEnd <= una && twiceEnd > Math.max(priorUna, undoMarker);
}

/** The place of the block that begins lowest beyond a sequence; -1: there is none. */
function lowestAbove(blocks: number[], from: number, sequence: number): number {
  let lowest = -1;
  for (let b = from; b < blocks.length; b += 2) {
    const start = blocks[b] as number;
    if (start > sequence && (lowest < 0 || start < (blocks[lowest] as number))) lowest = b;
  }
  return lowest;
}

/**
 * What small segments were merged into to be sent again is one segment from then on: that a piece of it is there, in its
 * original packet, does not count (`tcp_match_skb_to_sack`).
 */
function markRange(socket: Socket, start: number, end: number): void {
  const { segments, head } = socket.queue;
  for (let i = head; i < segments.length; i++) {
    const sent = segments[i] as Sent;
    if (sent.seq >= end) break;
    if (sent.seq < start || sent.end > end) continue;
    markSegment(socket, sent, sent.seq >= twiceStart && sent.end <= twiceEnd);
  }
}

/** `tcp_sacktag_one`. */
function markSegment(socket: Socket, sent: Sent, twice: boolean): void {
  const { marks } = sent;
  if (twice && marks & (MARK.RESENT | MARK.EVER_RESENT)) {
    if (socket.undoMarker > 0 && socket.undoResent > 0 && sent.end > socket.undoMarker) socket.undoResent--;
    if (marks & MARK.SACKED && sent.seq < found.reordered) found.reordered = sent.seq;
  }
  if (sent.end <= socket.una) return;
  if ((marks & MARK.SACKED) === 0) markArrived(socket, sent);
  // Whatever else was sent of it is superfluous.
  if (twice && sent.marks & MARK.RESENT) {
    sent.marks &= ~MARK.RESENT;
    socket.queue.resentOut--;
  }
}

function markArrived(socket: Socket, sent: Sent): void {
  const { queue } = socket;
  const { marks } = sent;
  noteArrival(socket, sent, true);
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
  if (queue.sackedOut === 0 || sent.end > socket.sackedUpTo) socket.sackedUpTo = sent.end;
  sent.marks |= MARK.SACKED;
  queue.sackedOut++;
  socket.delivered++;
  found.flag |= FLAG.DATA_SACKED;
}

/** A segment is there, and has not been counted yet. @param sacked not in order */
export function noteArrival(socket: Socket, sent: Sent, sacked: boolean): void {
  if (sent.delivered > found.priorDelivered) found.priorDelivered = sent.delivered;
  socket.congestion.onArrived(sent, sacked);
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
