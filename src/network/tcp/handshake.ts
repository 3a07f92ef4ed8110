import { HZ, WHY } from './constants.ts';
import { KIND, PACKET } from './contract.ts';
import { established } from './established.ts';
import { PUSH, pushPending, sendAck, sendReset, sendSynAck } from './output.ts';
import type { Segment } from './segment.ts';
import type { Socket } from './socket.ts';
import { STATE, TIMER } from './states.ts';
import { armKeepAlive } from './timeouts.ts';
import { setTimer } from './timers.ts';

/** Segments that come before a connection is established, or when there is none. */

/** Nobody is here: RFC 9293 §3.10.7.1. */
export function refuse(socket: Socket, segment: Segment): void {
  if (segment.what & PACKET.RST) return;
  if (segment.what & PACKET.ACK) sendReset(socket, segment.ackNo, 0);
  else sendReset(socket, 0, segment.seqNo + 1);
}

/** A SYN for a port that is open, or anything else for none (`tcp_v4_conn_request`). */
export function listening(socket: Socket, segment: Segment): void {
  if (socket.host.accepting === null || (segment.what & (PACKET.SYN | PACKET.ACK)) !== PACKET.SYN) {
    refuse(socket, segment);
    return;
  }
  socket.stack.place(socket);
  socket.state = STATE.SYN_RECEIVED;
  socket.inbox.next = 1;
  socket.acknowledged = 1;
  socket.echo = segment.timestamp;
  socket.lastArrivalUs = socket.nowUs;
  socket.spaceAtUs = socket.nowUs;
  socket.next = 1;
  sendSynAck(socket, WHY.FIRST);
  socket.lastSentUs = socket.nowUs;
  setTimer(socket, TIMER.SYNACK, HZ);
}

/** The handshake's last step at the server (`tcp_check_req`): the application gets the connection only now. */
export function synReceived(socket: Socket, segment: Segment): void {
  if (segment.what & PACKET.RST) {
    socket.stack.close(socket, 'reset');
    return;
  }
  if (segment.what & PACKET.SYN) {
    // The client repeats its SYN: ours was lost, or is late. Linux answers at once and starts its timer anew.
    socket.resent++;
    sendSynAck(socket, WHY.SYN);
    setTimer(socket, TIMER.SYNACK, HZ);
    return;
  }
  if (segment.ackNo !== 1) return;
  const accept = socket.host.accepting;
  if (accept === null) {
    // The port was closed meanwhile; the kernel forgot the half-open connection with it.
    socket.stack.close(socket, 'reset');
    refuse(socket, segment);
    return;
  }
  establish(socket, segment, socket.resent === 0 ? socket.nowUs - socket.lastSentUs : -1);
  socket.owner = accept(socket);
  socket.owner.opened();
  if ((socket.state as number) === STATE.ESTABLISHED) established(socket, segment);
}

/** The answer to a SYN (`tcp_rcv_synsent_state_process`). */
export function synSent(socket: Socket, segment: Segment): void {
  if (segment.what & PACKET.RST) {
    socket.stack.close(socket, 'refused');
    return;
  }
  if ((segment.what & (PACKET.SYN | PACKET.ACK)) !== (PACKET.SYN | PACKET.ACK)) return;
  socket.inbox.next = 1;
  const once = socket.resent === 0;
  const sample = once ? socket.nowUs - socket.queue.first.sentAtUs : -1;
  socket.queue.shift();
  establish(socket, segment, sample);
  socket.echo = segment.timestamp;
  socket.lastReceivedJiffies = socket.nowJiffies;
  sendAck(socket);
  socket.owner?.opened();
  // What the owner wrote before is sent only now.
  if ((socket.state as number) === STATE.ESTABLISHED) pushPending(socket, PUSH.NORMAL);
}

/** Both ends' part in common (`tcp_finish_connect`, `tcp_init_transfer`). @param sampleUs of the handshake, -1: none */
function establish(socket: Socket, segment: Segment, sampleUs: number): void {
  const now = socket.nowUs;
  socket.state = STATE.ESTABLISHED;
  socket.una = 1;
  socket.delivered = 1;
  socket.acknowledged = 1;
  socket.windowEnd = 1 + segment.window;
  const stampUs = segment.echo > 0 ? Math.max(1, socket.nowStamp - segment.echo) * 1000 : -1;
  const rttUs = sampleUs >= 0 ? sampleUs : stampUs;
  if (rttUs >= 0) {
    socket.rtt.sampleMin(rttUs, now);
    socket.rtt.sample(rttUs, 1, 1);
    socket.congestion.onDelay(rttUs);
  }
  // More than one handshake packet lost: the path is not what an initial window of ten is for (RFC 6298 §5.7).
  if (socket.resent > 1) socket.congestion.cwnd = 1;
  socket.congestion.start();
  socket.resent = 0;
  socket.timeouts = 0;
  socket.resentStamp = 0;
  socket.timer = TIMER.NONE;
  socket.lastArrivalUs = now;
  socket.lastSentJiffies = socket.nowJiffies;
  socket.cwndStamp = socket.nowJiffies;
  socket.spaceAtUs = now;
  const { trace, kernel } = socket.stack.sim;
  trace.add(KIND['connection.established'], kernel.nowUs, socket.connection, socket.side);
  const { keepAlive } = socket;
  if (keepAlive !== undefined) armKeepAlive(socket, Math.ceil((keepAlive.idleMs * HZ) / 1000));
}
