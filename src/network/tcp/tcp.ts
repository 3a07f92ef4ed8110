import { createCubic } from './congestion/cubic.ts';
import { RTO_INITIAL, WHY } from './constants.ts';
import {
  type CloseReason,
  KIND,
  PACKET,
  type Packet,
  type Path,
  type Receiver,
  type Sim,
  type Stream,
  type StreamOwner,
} from './contract.ts';
import { deliver, established } from './established.ts';
import { listening, refuse, synReceived, synSent } from './handshake.ts';
import { type Host, type Route, TcpHost } from './host.ts';
import { Jiffies } from './jiffies.ts';
import type { CreateCongestion, StackOptions, TcpOptions } from './options.ts';
import { PUSH, pushPending, restartAfterIdle, sendAck, sendActiveReset, sendSyn } from './output.ts';
import { onAckTimer } from './receive.ts';
import type { Segment } from './segment.ts';
import { Socket, type Stack } from './socket.ts';
import { STATE, TIMER } from './states.ts';
import { onKeepAliveTimer, onPaceTimer, onTransmitTimer, type Verdict } from './timeouts.ts';
import { setTimer, stopTimers } from './timers.ts';

export type { Host, Route } from './host.ts';
export type { StackOptions, TcpOptions } from './options.ts';

/** TCP for a whole run: both ends of every connection are simulated, as Linux 6.18 with its defaults. */
export interface Tcp {
  /** A machine with a clock and a port of its own. @param name of its random stream */
  host(name: string): Host;
  /** Makes the far end of a connection that was begun without one. @param back its way to the other end */
  meet(stream: Stream, to: Host, back: Path): Receiver;
  /**
   * Answers a packet as a machine that knows no such connection: with a reset (RFC 9293 §3.10.7.1).
   * @param end who sent the packet @param path the way there
   */
  reject(packet: Packet, end: Receiver, by: Host, path: Path): void;
}

/** @param options for every connection that does not say otherwise */
export function createTcp(sim: Sim, options: StackOptions = {}): Tcp {
  return new TcpStack(sim, options);
}

class TcpStack implements Tcp, Stack {
  readonly sim: Sim;
  readonly transmitTimer: number;
  readonly ackTimer: number;
  readonly keepAliveTimer: number;
  readonly paceTimer: number;
  readonly createCongestion: CreateCongestion;
  readonly #options: TcpOptions;
  readonly #sockets: (Socket | null)[] = [];
  readonly #free: number[] = [];
  #connections = 0;

  constructor(sim: Sim, { createCongestion = createCubic, ...options }: StackOptions) {
    this.sim = sim;
    this.createCongestion = createCongestion;
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
    this.paceTimer = sim.kernel.handler((index) => onPaceTimer(this.#begin(index)));
  }

  host(name: string): Host {
    return new TcpHost(this, name, new Jiffies(this.sim, name));
  }

  /** Makes the two ends of a connection; the server's exists for the network only. */
  open(host: TcpHost, route: Route, owner: StreamOwner, options: TcpOptions): Socket {
    const all = { ...this.#options, ...options };
    const number = ++this.#connections;
    const client = new Socket(this, host, number, 0, route.out, all);
    client.owner = owner;
    if (route.to !== null) this.meet(client, route.to, route.back);
    const { trace, kernel } = this.sim;
    trace.add(
      KIND[route.peer ? 'peer.attempted' : 'connection.attempted'],
      kernel.nowUs,
      number,
      route.from,
      route.toward,
      trace.text(route.what),
    );
    this.place(client);
    client.state = STATE.SYN_SENT;
    client.queue.push(0, 1, kernel.nowUs);
    client.next = 1;
    sendSyn(client, WHY.FIRST);
    setTimer(client, TIMER.RETRANSMIT, RTO_INITIAL);
    return client;
  }

  meet(stream: Stream, to: Host, back: Path): Receiver {
    const client = stream as Socket;
    const server = new Socket(this, to as TcpHost, client.connection, 1, back, {
      noDelay: client.noDelay,
      retries2: client.retries2,
      synRetries: client.synRetries,
      synLinearTimeouts: client.synLinearTimeouts,
      initialCwnd: client.initialCwnd,
      // Each end decides for itself whether it probes an idle connection.
      keepAlive: this.#options.keepAlive,
    });
    client.peer = server;
    server.peer = client;
    server.state = STATE.LISTEN;
    return server;
  }

  reject(packet: Packet, end: Receiver, by: Host, path: Path): void {
    const peer = end as Socket;
    const stranger = new Socket(this, by as TcpHost, peer.connection, peer.side === 0 ? 1 : 0, path, {});
    stranger.peer = peer;
    refuse(stranger, packet as Segment);
  }

  write(socket: Socket): void {
    if (socket.state !== STATE.ESTABLISHED) return;
    restartAfterIdle(socket);
    pushPending(socket, PUSH.NORMAL);
  }

  /** The application reads again: the peer is told of the room at once, and what waited is handed over next. */
  read(socket: Socket): void {
    if (socket.state !== STATE.ESTABLISHED) return;
    if (socket.inbox.next > Math.max(socket.peer.units.takenEnd, 1)) sendAck(socket);
    this.sim.later(0, () => {
      if (socket.state === STATE.ESTABLISHED) deliver(socket);
    });
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
    if (socket.inbox.holds) socket.host.holes.ended(this.sim.kernel.nowUs);
    this.#release(socket);
    (socket.host as TcpHost).forget(socket);
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
        established(socket, segment);
        break;
      case STATE.SYN_SENT:
        synSent(socket, segment);
        break;
      case STATE.LISTEN:
        listening(socket, segment);
        break;
      case STATE.SYN_RECEIVED:
        synReceived(socket, segment);
        break;
      case STATE.TIME_WAIT:
        if (segment.what & (PACKET.FIN | PACKET.DATA)) sendAck(socket);
        break;
      default:
        refuse(socket, segment);
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
      (socket.host as TcpHost).forget(socket);
      socket.state = STATE.LISTEN;
    }
  }

  /** Gives a socket a number, by which timers find it. */
  place(socket: Socket): void {
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
