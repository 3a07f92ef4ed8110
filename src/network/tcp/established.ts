import { acknowledge } from './ack.ts';
import { PACKET } from './contract.ts';
import { PUSH, pushPending, sendAck, sendReset } from './output.ts';
import { acknowledgeData, enterQuickAck, takeData } from './receive.ts';
import type { Segment } from './segment.ts';
import type { Socket } from './socket.ts';
import { STATE } from './states.ts';

/** `tcp_rcv_established`, `tcp_validate_incoming`. */
export function established(socket: Socket, segment: Segment): void {
  const { inbox } = socket;
  const { what, seqNo } = segment;
  if (what & PACKET.RST) {
    socket.stack.close(socket, 'reset');
    return;
  }
  const length = segment.dataBytes + (what & PACKET.FIN ? 1 : 0);
  if (what & (PACKET.SYN | PACKET.KEEPALIVE) || (length > 0 && seqNo + length < socket.acknowledged)) {
    // Nothing new in it, but the peer wants to hear where we are (`tcp_send_dupack`).
    if (length > 0) {
      enterQuickAck(socket);
      inbox.reportTwice(seqNo, seqNo + length);
    }
    socket.lastArrivalUs = socket.nowUs;
    socket.keepAliveProbes = 0;
    sendAck(socket);
    return;
  }
  if (seqNo <= socket.acknowledged) socket.echo = segment.timestamp;
  const { una } = socket;
  acknowledge(socket, segment);
  if (socket.una > una) socket.owner?.acknowledged?.();
  if (length > 0) {
    if (socket.orphaned && segment.dataBytes > 0 && seqNo + segment.dataBytes > inbox.next) {
      // The process that should read this is gone (RFC 1122 §4.2.2.13).
      sendReset(socket, segment.ackNo, 0);
      socket.stack.close(socket, 'reset');
      return;
    }
    socket.lastArrivalUs = socket.nowUs;
    takeData(socket, segment);
  }
  if (socket.next < socket.written || (socket.finQueued && !socket.finSent)) pushPending(socket, PUSH.NORMAL);
  if (length > 0) acknowledgeData(socket);
  deliver(socket);
}

/** Hands over what is in order, then the end of it. */
export function deliver(socket: Socket): void {
  const { units } = socket.peer;
  const upTo = socket.inbox.next;
  while (socket.owner !== null && socket.reading) {
    const unit = units.take(upTo);
    if (unit === 0) break;
    socket.owner.received(unit);
  }
  if (socket.reading && socket.owner?.arriving !== undefined) {
    const bytes = units.arrivingBytes(upTo);
    if (bytes > 0) socket.owner.arriving(bytes);
  }
  if (socket.state !== STATE.ESTABLISHED) return;
  if (!socket.peerFinished && socket.reading && socket.peerFinSeq >= 0 && upTo > socket.peerFinSeq) {
    socket.peerFinished = true;
    socket.owner?.ended();
  }
  if (
    socket.state === STATE.ESTABLISHED &&
    socket.peerFinished &&
    socket.finSent &&
    socket.una === socket.next
  ) {
    socket.stack.close(socket, 'finished');
  }
}
