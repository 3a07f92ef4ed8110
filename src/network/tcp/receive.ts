import {
  COMPRESSED_ACK_US,
  COMPRESSED_ACKS,
  DELACK_MAX,
  DELACK_MIN,
  HEADER,
  HZ,
  MSS,
  MSS_GUESS,
  MSS_LEAST,
  QUICKACKS,
  WINDOW_MAX,
} from './constants.ts';
import { KIND, PACKET } from './contract.ts';
import { toJiffies } from './jiffies.ts';
import { sendAck } from './output.ts';
import type { Segment } from './segment.ts';
import type { Socket } from './socket.ts';

/** Length of a TCP header with timestamps. */
const TCP_HEADER = HEADER - 20;

/**
 * Takes a segment's bytes and FIN in (`tcp_data_queue`). What is in order is for the application; what is beyond a hole
 * is held, and acknowledged by SACK; what came twice is reported by DSACK.
 */
export function takeData(socket: Socket, segment: Segment): void {
  const { inbox } = socket;
  const start = segment.seqNo;
  const fin = (segment.what & PACKET.FIN) !== 0;
  const end = start + segment.dataBytes + (fin ? 1 : 0);
  if (end === start) return;
  if (fin) socket.peerFinSeq = end - 1;
  socket.ackScheduled = true;
  if (end <= inbox.next) {
    inbox.reportTwice(start, end);
    enterQuickAck(socket);
    socket.ackNow = true;
    return;
  }
  if (start > inbox.next) {
    if (!inbox.holds) socket.host.holes.began(socket.nowUs);
    const isNew = inbox.hold(start, end);
    if (isNew) recordHeld(socket);
    else socket.ackNow = true;
    return;
  }
  if (start < inbox.next) inbox.reportTwice(start, inbox.next);
  const held = inbox.holds;
  if (segment.dataBytes > 0) noteData(socket, segment);
  inbox.append(end);
  if (socket.peerFinSeq >= 0 && inbox.next > socket.peerFinSeq) noteEnd(socket);
  if (held) {
    recordHeld(socket);
    // RFC 5681 §4.2: at once when the gap is filled.
    if (!inbox.holds) {
      socket.ackNow = true;
      socket.host.holes.ended(socket.nowUs);
    }
  }
  tuneWindow(socket, segment);
}

/**
 * The peer's FIN, in order (`tcp_fin`): the application will probably close as well, and its FIN shall carry the
 * acknowledgement; whoever closed first acknowledges at once.
 */
function noteEnd(socket: Socket): void {
  if (socket.finSent) socket.ackNow = true;
  else socket.interactive = true;
}

function recordHeld(socket: Socket): void {
  const { sim } = socket.stack;
  if (sim.trace.keep === 'none') return;
  const { inbox } = socket;
  const direction = socket.side === 0 ? 1 : 0;
  sim.trace.add(
    KIND['stream.held'],
    sim.kernel.nowUs,
    socket.connection,
    direction,
    inbox.heldBytes,
    inbox.heldSegments,
  );
}

/** The delayed-acknowledgement engine sees a segment in order (`tcp_event_data_recv`, `tcp_measure_rcv_mss`). */
function noteData(socket: Socket, segment: Segment): void {
  measurePeerMss(socket, segment);
  const now = socket.nowJiffies;
  if (socket.ato === 0) {
    addQuickAcks(socket);
    socket.ato = DELACK_MIN;
  } else {
    const gap = now - socket.lastReceivedJiffies;
    if (gap <= DELACK_MIN / 2) {
      socket.ato = (socket.ato >> 1) + DELACK_MIN / 2;
    } else if (gap < socket.ato) {
      socket.ato = Math.min((socket.ato >> 1) + gap, socket.rtt.rto);
    } else if (gap > socket.rtt.rto) {
      // The sender probably starts anew after idleness, with a small window: answer quickly.
      addQuickAcks(socket);
    }
  }
  socket.lastReceivedJiffies = now;
}

/**
 * The receiver's guess of the sender's segment size, on which "more than one full segment" stands; and the note that a
 * write of the peer's ended here. Two small segments of one size running are taken for full ones, and not noted.
 */
function measurePeerMss(socket: Socket, segment: Segment): void {
  const size = segment.dataBytes;
  if (size >= socket.peerMss) {
    socket.peerMss = Math.min(size, MSS);
    if (segment.push) socket.ackPushed = Math.max(socket.ackPushed, 1);
    return;
  }
  const length = size + TCP_HEADER + (segment.sacks === null ? 0 : 4 + 4 * segment.sacks.length);
  if (length >= MSS_GUESS + 20 || (length >= MSS_LEAST + 20 && !segment.push)) {
    const last = socket.lastSmallSize;
    socket.lastSmallSize = length - TCP_HEADER;
    if (socket.lastSmallSize === last) {
      socket.peerMss = last;
      return;
    }
  }
  socket.ackPushed++;
}

/** `tcp_incr_quickack`. */
function addQuickAcks(socket: Socket): void {
  let acks = Math.floor(socket.window / (2 * socket.peerMss));
  if (acks === 0) acks = 2;
  socket.quickAcks = Math.max(socket.quickAcks, Math.min(acks, QUICKACKS));
}

/** `tcp_enter_quickack_mode`. */
export function enterQuickAck(socket: Socket): void {
  addQuickAcks(socket);
  socket.interactive = false;
  socket.ato = DELACK_MIN;
}

/**
 * Acknowledges now or later (`__tcp_ack_snd_check`, then `tcp_cleanup_rbuf` for the application, which reads at once):
 * a dialogue waits for its answer to carry the acknowledgement; a stream of small messages is acknowledged message by
 * message, one of full segments at every second.
 */
export function acknowledgeData(socket: Socket): void {
  if (!socket.ackScheduled) return;
  const { inbox } = socket;
  const quick = socket.quickAcks > 0 && !socket.interactive;
  if (inbox.next - socket.acknowledged > socket.peerMss || quick || socket.ackNow) {
    sendAck(socket);
    return;
  }
  if (inbox.holds) {
    acknowledgeHole(socket);
    return;
  }
  const wroteAll = socket.ackPushed > 1 || (socket.ackPushed === 1 && !socket.interactive);
  if (wroteAll && !socket.orphaned) sendAck(socket);
  else delayAck(socket);
}

/** While something is missing: the first three at once, then at most one each ms (`tcp_comp_sack_*`). */
function acknowledgeHole(socket: Socket): void {
  if (socket.repeatedAckFor !== socket.inbox.next) {
    socket.repeatedAckFor = socket.inbox.next;
    socket.repeatedAcks = 0;
  }
  if (socket.repeatedAcks < 3) {
    socket.repeatedAcks++;
    sendAck(socket);
    return;
  }
  socket.compressedAcks++;
  if (socket.compressedAcks >= COMPRESSED_ACKS) {
    sendAck(socket);
    return;
  }
  if (socket.compressedAckAtUs > 0) return;
  const rttUs = socket.rtt.srtt8 === 0 ? 20 * COMPRESSED_ACK_US : socket.rtt.srttUs;
  socket.compressedAckAtUs = socket.nowUs + Math.min(COMPRESSED_ACK_US, Math.floor(rttUs / 20));
  armAckTimer(socket, socket.compressedAckAtUs);
}

/** `tcp_send_delayed_ack`. */
function delayAck(socket: Socket): void {
  let ato = socket.ato;
  if (ato > DELACK_MIN) {
    let most = socket.interactive || socket.ackPushed > 0 ? DELACK_MAX : HZ / 2;
    if (socket.rtt.srtt8 > 0) most = Math.min(most, Math.max(toJiffies(socket.rtt.srttUs), DELACK_MIN));
    ato = Math.min(ato, most);
  }
  ato = Math.min(ato, DELACK_MAX);
  const now = socket.nowJiffies;
  let due = now + ato;
  if (socket.delayedAckJiffies > 0) {
    if (socket.delayedAckJiffies <= now + (ato >> 2)) {
      sendAck(socket);
      return;
    }
    if (due >= socket.delayedAckJiffies) due = socket.delayedAckJiffies;
  }
  socket.delayedAckJiffies = due;
  socket.delayedAckAtUs = socket.host.jiffies.fires(socket.nowUs, due - now);
  armAckTimer(socket, socket.delayedAckAtUs);
}

function armAckTimer(socket: Socket, atUs: number): void {
  const { kernel } = socket.stack.sim;
  if (socket.ackEvent !== 0) {
    if (socket.ackEventAtUs <= atUs) return;
    kernel.cancel(socket.ackEvent);
  }
  socket.ackEvent = kernel.at(atUs, socket.stack.ackTimer, socket.index);
  socket.ackEventAtUs = atUs;
}

/** The event for a delayed or a compressed acknowledgement came (`tcp_delack_timer_handler`, `tcp_compressed_ack_kick`). */
export function onAckTimer(socket: Socket): void {
  socket.ackEvent = 0;
  const now = socket.nowUs;
  if (socket.compressedAckAtUs > 0 && socket.compressedAckAtUs <= now) {
    socket.compressedAckAtUs = 0;
    if (socket.compressedAcks > 0) sendAck(socket);
  } else if (socket.delayedAckJiffies > 0 && socket.delayedAckAtUs <= now) {
    socket.delayedAckJiffies = 0;
    if (socket.ackScheduled) {
      if (socket.interactive) {
        socket.interactive = false;
        socket.ato = DELACK_MIN;
      } else {
        socket.ato = Math.min(socket.ato << 1, socket.rtt.rto);
      }
      sendAck(socket);
    }
  }
  if (socket.compressedAckAtUs > 0) armAckTimer(socket, socket.compressedAckAtUs);
  else if (socket.delayedAckJiffies > 0) armAckTimer(socket, socket.delayedAckAtUs);
}

/**
 * Receive buffer tuning (`tcp_rcv_rtt_measure_ts`, `tcp_rcv_space_adjust`, `tcp_rcvbuf_grow` of Linux 6.18): once a round
 * trip the window is made large enough for what came in it to double, and more while it grows. What a round trip is,
 * the least sample says: the first after a pause holds the pause.
 */
function tuneWindow(socket: Socket, segment: Segment): void {
  if (segment.dataBytes >= socket.peerMss && segment.echo > 0 && segment.echo !== socket.lastEcho) {
    socket.lastEcho = segment.echo;
    noteReceiverRtt(socket, (socket.nowStamp - segment.echo) * 1000);
  }
  const now = socket.nowUs;
  if (!socket.reading) return;
  if (socket.receiverRttUs === 0 || now - socket.spaceAtUs < socket.receiverRttUs) return;
  const copied = socket.inbox.next - socket.spaceSeq;
  if (copied > socket.space) {
    const wanted = 2 * copied;
    const grow = Math.floor((wanted * (copied - socket.space)) / socket.space);
    socket.window = Math.max(socket.window, Math.min(wanted + 2 * grow, WINDOW_MAX));
    socket.space = copied;
  }
  socket.spaceSeq = socket.inbox.next;
  socket.spaceAtUs = now;
}

/** `tcp_rcv_rtt_update`: a smaller sample counts at once, a larger one by an eighth, and none of no time at all. */
function noteReceiverRtt(socket: Socket, us: number): void {
  if (us <= 0) return;
  const known = socket.receiverRttUs;
  socket.receiverRttUs = known === 0 || us < known ? us : known + (us - known) / 8;
}
