import type { CloseReason, Path, RandomStream, Sim, SocketStream, StreamOwner } from './contract.ts';
import { Holes } from './holes.ts';
import type { Jiffies } from './jiffies.ts';
import type { TcpOptions } from './options.ts';
import type { Socket } from './socket.ts';
import type { SocketHost } from './socket-host.ts';

/** Where a connection goes, and how it is to be called in the record. */
export interface Route {
  /** From this host to the other, and back. */
  out: Path;
  back: Path;
  /** null: a load balancer on the way out decides, when the SYN is there ({@link Tcp.meet}). */
  to: Host | null;
  /** Numbers in the trace's header: of client and server, or of two places in the datacenter. */
  from: number;
  toward: number;
  /** Whether it is hop 2's: between two places in the datacenter. */
  peer?: boolean;
  /** What it is for: a key of the vocabulary. */
  what: string;
}

/** A machine's TCP. */
export interface Host {
  /** What its connections have held behind holes. */
  readonly holes: Holes;
  /** Takes connections from now on. @param accept is told of each when it is established, and names its owner */
  listen(accept: (stream: SocketStream) => StreamOwner): void;
  /** Refuses new connections from now on; those that are established go on. */
  closePort(): void;
  /** Opens a connection. The owner hears `opened()`, or `closed()` with 'refused' or 'timed out'. */
  connect(route: Route, owner: StreamOwner, options?: TcpOptions): SocketStream;
  /** The process dies as by SIGKILL: the kernel closes its port and all its connections; its owners hear nothing more. */
  killProcess(): void;
  /** Calls back once the kernel has finished what dead processes left to send, or has given up on it. */
  whenQuiet(then: () => void): void;
  /** The host's address is gone: its ends are closed for this reason, and nobody is told by the network. */
  dropAll(reason: CloseReason): void;
}

/** What a host needs of the stack around it. */
export interface HostStack {
  readonly sim: Sim;
  open(host: TcpHost, route: Route, owner: StreamOwner, options: TcpOptions): Socket;
  close(socket: Socket, reason: CloseReason): void;
  orphan(socket: Socket): void;
}

/** A machine's TCP: its port, and the sockets that live there. */
export class TcpHost implements Host, SocketHost {
  readonly name: string;
  readonly jiffies: Jiffies;
  readonly holes = new Holes();
  readonly sockets = new Set<Socket>();
  #random: Map<string, RandomStream> | null = null;
  accepting: ((stream: SocketStream) => StreamOwner) | null = null;
  readonly #stack: HostStack;
  #waiting: (() => void)[] = [];

  constructor(stack: HostStack, name: string, jiffies: Jiffies) {
    this.#stack = stack;
    this.name = name;
    this.jiffies = jiffies;
  }

  random(name: string): RandomStream {
    this.#random ??= new Map();
    const known = this.#random.get(name);
    if (known !== undefined) return known;
    const stream = this.#stack.sim.random(`host/${this.name}/${name}`);
    this.#random.set(name, stream);
    return stream;
  }

  listen(accept: (stream: SocketStream) => StreamOwner): void {
    this.accepting = accept;
  }

  closePort(): void {
    this.accepting = null;
  }

  connect(route: Route, owner: StreamOwner, options: TcpOptions = {}): SocketStream {
    return this.#stack.open(this, route, owner, options);
  }

  killProcess(): void {
    this.accepting = null;
    for (const socket of [...this.sockets]) this.#stack.orphan(socket);
  }

  whenQuiet(then: () => void): void {
    if ([...this.sockets].some(({ orphaned }) => orphaned)) this.#waiting.push(then);
    else then();
  }

  /** A socket is closed. */
  forget(socket: Socket): void {
    this.sockets.delete(socket);
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const then of waiting) this.whenQuiet(then);
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
