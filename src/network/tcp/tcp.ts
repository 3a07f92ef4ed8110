import { acknowledge } from './ack.ts';
import { HZ, RTO_INITIAL, WHY } from './constants.ts';
import {
  type CloseReason,
  KIND,
  PACKET,
  type Path,
  type Sim,
  type Stream,
  type StreamOwner,
} from './contract.ts';
import { Jiffies } from './jiffies.ts';
import {
  PUSH,
  pushPending,
  restartAfterIdle,
  sendAck,
  sendActiveReset,
  sendReset,
  sendSyn,
  sendSynAck,
} from './output.ts';
import { acknowledgeData, enterQuickAck, onAckTimer, takeData } from './receive.ts';
import type { Segment } from './segment.ts';
import { Socket, type SocketHost, STATE, type Stack, type TcpOptions, TIMER } from './socket.ts';
import { armKeepAlive, onKeepAliveTimer, onTransmitTimer, type Verdict } from './timeouts.ts';
import { setTimer, stopTimers } from './timers.ts';

export type { TcpOptions } from './socket.ts';

/** Where a connection goes, and how it is to be called in the record. */
export interface Route {
  /** From this host to the other, and back. */
  out: Path;
  back: Path;
  to: Host;
  /** Numbers of the client and the server in the trace's header. */
  client: number;
  server: number;
  /** What it is for: a key of the vocabulary. */
  what: string;
}

/** TCP for a whole run: both ends of every connection are simulated, as Linux 6.18 with its defaults. */
export interface Tcp {
  /** A machine with a clock and a port of its own. @param name of its random stream */
  host(name: string): Host;
}

/** A machine's TCP. */
export interface Host {
  /** Takes connections from now on. @param accept is told of each when it is established, and names its owner */
  listen(accept: (stream: Stream) => StreamOwner): void;
  /** Refuses new connections from now on; those that are established go on. */
  closePort(): void;
  /** Opens a connection. The owner hears `opened()`, or `closed()` with 'refused' or 'timed out'. */
  connect(route: Route, owner: StreamOwner, options?: TcpOptions): Stream;
  /** The process dies as by SIGKILL: the kernel closes its port and all its connections; its owners hear nothing more. */
  killProcess(): void;
  /** The host's address is gone: its ends are closed for this reason, and nobody is told by the network. */
  dropAll(reason: CloseReason): void;
}

/** @param options for every connection that does not say otherwise */
export function createTcp(sim: Sim, options: TcpOptions = {}): Tcp {
  return new TcpStack(sim, options);
}

class TcpStack implements Tcp, Stack {
  readonly sim: Sim;
  readonly transmitTimer: number;
  readonly ackTimer: number;
  readonly keepAliveTimer: number;
  readonly #options: TcpOptions;
  readonly #sockets: (Socket | null)[] = [];
  readonly #free: number[] = [];
  #connections = 0;

  constructor(sim: Sim, options: TcpOptions) {
    this.sim = sim;
    this.#options = options;
    this.transmitTimer = sim.kernel.handler((index) => {
      const socket = this.#begin(index);
      this.#judge(socket, onTransmitTimer(socket));
    });
    this.ackTimer = sim.kernel.handler((index) => onAckTimer(this.#begin(index)));
    this.keepAliveTimer = sim.kernel.handler((index) => {
      const socket = this.#begin(index);
      this.#judge(socket, onKeepAliveTimer(socket));
    });
  }

  host(name: string): Host {
    return new TcpHost(this, name, new Jiffies(this.sim, name));
  }

  /** Makes the two ends of a connection; the server's exists for the network only. */
  open(host: TcpHost, route: Route, owner: StreamOwner, options: TcpOptions): Socket {
    const all = { ...this.#options, ...options };
    const number = ++this.#connections;
    const to = route.to as TcpHost;
    const client = new Socket(this, host, number, 0, route.out, all);
    // Each end decides for itself whether it probes an idle connection.
    const atServer = { ...all, keepAlive: this.#options.keepAlive };
    const server = new Socket(this, to, number, 1, route.back, atServer);
    client.peer = server;
    server.peer = client;
    client.owner = owner;
    server.state = STATE.LISTEN;
    const { trace, kernel } = this.sim;
    trace.add(
      KIND['connection.attempted'],
      kernel.nowUs,
      number,
      route.client,
      route.server,
      trace.text(route.what),
    );
    this.#place(client);
    client.state = STATE.SYN_SENT;
    client.queue.push(0, 1, kernel.nowUs);
    client.next = 1;
    sendSyn(client, WHY.FIRST);
    setTimer(client, TIMER.RETRANSMIT, RTO_INITIAL);
    return client;
  }

  write(socket: Socket): void {
    if (socket.state !== STATE.ESTABLISHED) return;
    restartAfterIdle(socket);
    pushPending(socket, PUSH.NORMAL);
  }

  end(socket: Socket): void {
    if (socket.state === STATE.CLOSED || socket.state === STATE.TIME_WAIT) return;
    socket.finQueued = true;
    socket.closedSecond = socket.peerFinished;
    if (socket.state === STATE.ESTABLISHED) pushPending(socket, PUSH.NAGLE_OFF);
  }

  abort(socket: Socket): void {
    if (socket.state === STATE.CLOSED || socket.state === STATE.TIME_WAIT) return;
    if (socket.state === STATE.ESTABLISHED) sendActiveReset(socket);
    socket.owner = null;
    this.close(socket, 'aborted');
  }

  /** This end is over. Its owner hears of it, if it has one. */
  close(socket: Socket, reason: CloseReason): void {
    if (socket.state === STATE.CLOSED || socket.state === STATE.TIME_WAIT) return;
    const known =
      socket.state !== STATE.LISTEN && !(socket.side === 1 && socket.state === STATE.SYN_RECEIVED);
    // Whoever closed first waits, in case its last acknowledgement is lost (RFC 9293 §3.6).
    const waits = reason === 'finished' && !socket.closedSecond;
    socket.state = waits ? STATE.TIME_WAIT : STATE.CLOSED;
    stopTimers(socket);
    socket.queue.clear();
    this.#release(socket);
    (socket.host as TcpHost).sockets.delete(socket);
    if (!known) return;
    const { trace, kernel } = this.sim;
    if (!socket.orphaned) {
      trace.add(KIND['connection.closed'], kernel.nowUs, socket.connection, socket.side, trace.text(reason));
    }
    const owner = socket.owner;
    socket.owner = null;
    owner?.closed(reason);
  }

  /** The process behind a socket is gone. */
  orphan(socket: Socket): void {
    socket.owner = null;
    if (socket.state !== STATE.ESTABLISHED) {
      this.close(socket, 'aborted');
      return;
    }
    const { trace, kernel } = this.sim;
    trace.add(KIND['connection.closed'], kernel.nowUs, socket.connection, socket.side, trace.text('aborted'));
    socket.orphaned = true;
    if (socket.finQueued) {
      if (socket.peerFinished && socket.una === socket.next) this.close(socket, 'finished');
      return;
    }
    this.end(socket);
  }

  receive(socket: Socket, segment: Segment): void {
    switch (socket.state) {
      case STATE.ESTABLISHED:
        this.#established(socket, segment);
        break;
      case STATE.SYN_SENT:
        this.#synSent(socket, segment);
        break;
      case STATE.LISTEN:
        this.#listening(socket, segment);
        break;
      case STATE.SYN_RECEIVED:
        this.#synReceived(socket, segment);
        break;
      case STATE.TIME_WAIT:
        if (segment.what & (PACKET.FIN | PACKET.DATA)) sendAck(socket);
        break;
      default:
        this.#refuse(socket, segment);
    }
  }

  /** Nobody is here: RFC 9293 §3.10.7.1. */
  #refuse(socket: Socket, segment: Segment): void {
    if (segment.what & PACKET.RST) return;
    if (segment.what & PACKET.ACK) sendReset(socket, segment.ackNo, 0);
    else sendReset(socket, 0, segment.seqNo + 1);
  }

  #listening(socket: Socket, segment: Segment): void {
    if (socket.host.accepting === null || (segment.what & (PACKET.SYN | PACKET.ACK)) !== PACKET.SYN) {
      this.#refuse(socket, segment);
      return;
    }
    this.#place(socket);
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

  #synReceived(socket: Socket, segment: Segment): void {
    if (segment.what & PACKET.RST) {
      this.close(socket, 'reset');
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
      this.close(socket, 'reset');
      this.#refuse(socket, segment);
      return;
    }
    this.#establish(socket, segment, socket.resent === 0 ? socket.nowUs - socket.lastSentUs : -1);
    socket.owner = accept(socket);
    socket.owner.opened();
    if ((socket.state as number) === STATE.ESTABLISHED) this.#established(socket, segment);
  }

  #synSent(socket: Socket, segment: Segment): void {
    if (segment.what & PACKET.RST) {
      this.close(socket, 'refused');
      return;
    }
    if ((segment.what & (PACKET.SYN | PACKET.ACK)) !== (PACKET.SYN | PACKET.ACK)) return;
    socket.inbox.next = 1;
    const once = socket.resent === 0;
    const sample = once ? socket.nowUs - socket.queue.first.sentAtUs : -1;
    socket.queue.shift();
    this.#establish(socket, segment, sample);
    socket.echo = segment.timestamp;
    socket.lastReceivedJiffies = socket.nowJiffies;
    sendAck(socket);
    socket.owner?.opened();
    // What the owner wrote before is sent only now.
    if ((socket.state as number) === STATE.ESTABLISHED) pushPending(socket, PUSH.NORMAL);
  }

  /** Both ends' part in common (`tcp_finish_connect`, `tcp_init_transfer`). @param sampleUs of the handshake, -1: none */
  #establish(socket: Socket, segment: Segment, sampleUs: number): void {
    const now = socket.nowUs;
    socket.state = STATE.ESTABLISHED;
    socket.una = 1;
    socket.acknowledged = 1;
    socket.windowEnd = 1 + segment.window;
    const stampUs = segment.echo > 0 ? Math.max(1, socket.nowStamp - segment.echo) * 1000 : -1;
    const rttUs = sampleUs >= 0 ? sampleUs : stampUs;
    if (rttUs >= 0) {
      socket.rtt.sampleMin(rttUs, now);
      socket.rtt.sample(rttUs, 1, 1);
      socket.cubic.onDelay(rttUs, now, socket.nowJiffies, 1, 1);
    }
    // More than one handshake packet lost: the path is not what an initial window of ten is for (RFC 6298 §5.7).
    if (socket.resent > 1) socket.cubic.setWindow(1);
    socket.resent = 0;
    socket.timeouts = 0;
    socket.resentStamp = 0;
    socket.timer = TIMER.NONE;
    socket.lastArrivalUs = now;
    socket.lastSentJiffies = socket.nowJiffies;
    socket.cwndStamp = socket.nowJiffies;
    socket.spaceAtUs = now;
    const { trace, kernel } = this.sim;
    trace.add(KIND['connection.established'], kernel.nowUs, socket.connection, socket.side);
    const { keepAlive } = socket;
    if (keepAlive !== undefined) armKeepAlive(socket, Math.ceil((keepAlive.idleMs * HZ) / 1000));
  }

  /** `tcp_rcv_established`, `tcp_validate_incoming`. */
  #established(socket: Socket, segment: Segment): void {
    const { inbox } = socket;
    const { what, seqNo } = segment;
    if (what & PACKET.RST) {
      this.close(socket, 'reset');
      return;
    }
    const length = segment.dataBytes + (what & PACKET.FIN ? 1 : 0);
    if (what & (PACKET.SYN | PACKET.KEEPALIVE) || (length > 0 && seqNo + length <= socket.acknowledged)) {
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
    acknowledge(socket, segment);
    if (length > 0) {
      if (socket.orphaned && segment.dataBytes > 0 && seqNo + segment.dataBytes > inbox.next) {
        // The process that should read this is gone (RFC 1122 §4.2.2.13).
        sendReset(socket, segment.ackNo, 0);
        this.close(socket, 'reset');
        return;
      }
      socket.lastArrivalUs = socket.nowUs;
      takeData(socket, segment);
    }
    if (socket.next < socket.written || (socket.finQueued && !socket.finSent))
      pushPending(socket, PUSH.NORMAL);
    if (length > 0) acknowledgeData(socket);
    this.#deliver(socket);
  }

  /** Hands over what is in order, then the end of it. */
  #deliver(socket: Socket): void {
    const { units } = socket.peer;
    const upTo = socket.inbox.next;
    while (socket.owner !== null) {
      const unit = units.take(upTo);
      if (unit === 0) break;
      socket.owner.received(unit);
    }
    if (socket.state !== STATE.ESTABLISHED) return;
    if (!socket.peerFinished && socket.peerFinSeq >= 0 && upTo > socket.peerFinSeq) {
      socket.peerFinished = true;
      socket.owner?.ended();
    }
    if (
      socket.state === STATE.ESTABLISHED &&
      socket.peerFinished &&
      socket.finSent &&
      socket.una === socket.next
    ) {
      this.close(socket, 'finished');
    }
  }

  #begin(index: number): Socket {
    this.sim.trace.cause = -1;
    return this.#sockets[index] as Socket;
  }

  #judge(socket: Socket, verdict: Verdict): void {
    if (verdict === 'timed out') this.close(socket, 'timed out');
    else if (verdict === 'forgotten') {
      stopTimers(socket);
      this.#release(socket);
      (socket.host as TcpHost).sockets.delete(socket);
      socket.state = STATE.LISTEN;
    }
  }

  #place(socket: Socket): void {
    socket.index = this.#free.pop() ?? this.#sockets.length;
    this.#sockets[socket.index] = socket;
    (socket.host as TcpHost).sockets.add(socket);
  }

  #release(socket: Socket): void {
    if (socket.index < 0) return;
    this.#sockets[socket.index] = null;
    this.#free.push(socket.index);
    socket.index = -1;
  }
}

class TcpHost implements Host, SocketHost {
  readonly name: string;
  readonly jiffies: Jiffies;
  readonly sockets = new Set<Socket>();
  accepting: ((stream: Stream) => StreamOwner) | null = null;
  readonly #stack: TcpStack;

  constructor(stack: TcpStack, name: string, jiffies: Jiffies) {
    this.#stack = stack;
    this.name = name;
    this.jiffies = jiffies;
  }

  listen(accept: (stream: Stream) => StreamOwner): void {
    this.accepting = accept;
  }

  closePort(): void {
    this.accepting = null;
  }

  connect(route: Route, owner: StreamOwner, options: TcpOptions = {}): Stream {
    return this.#stack.open(this, route, owner, options);
  }

  killProcess(): void {
    this.accepting = null;
    for (const socket of [...this.sockets]) this.#stack.orphan(socket);
  }

  dropAll(reason: CloseReason): void {
    for (const socket of [...this.sockets]) {
      const owner = socket.owner;
      socket.owner = null;
      this.#stack.close(socket, reason);
      // Whoever takes the address away may be the owner itself; it hears of it from an event, as always.
      if (owner !== null) this.#stack.sim.later(0, () => owner.closed(reason));
    }
  }
}
