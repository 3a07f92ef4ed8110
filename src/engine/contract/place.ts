import type { AnyStateMachine } from 'xstate';
import type { MachineEvent } from '../machine/compile.ts';
import type { RandomStream } from './sim.ts';
import type { CloseReason } from './stream.ts';
import type { PlainEvent } from './transport.ts';

export type { CloseReason } from './stream.ts';
export type { MachineEvent, PlainEvent } from './transport.ts';

/**
 * A process in the datacenter, with a CPU of its own: a server, a node of the backplane, or a source. When it dies, its
 * connections, timers, machines and queued work are gone; a backplane is told, and begins anew when it is up again.
 */
export interface Place {
  /** Its number in the trace's header: servers first, then nodes, then sources. */
  readonly number: number;
  readonly name: string;
  readonly kind: 'server' | 'node' | 'source';
  /** Its number among those of its kind: of a server, that of the server. */
  readonly index: number;
  readonly up: boolean;
  /** Its own clock, µs: the run's, and what a fault has put it wrong by. */
  readonly clockUs: number;
  /** Spends CPU time in turn, then goes on; never, if the process dies before. @param what for the record */
  work(costUs: number, what: string, then: () => void): void;
  /** Goes on later, unless the process dies; while it stands still, timers wait. @returns how to cancel it */
  later(delayUs: number, then: () => void): () => void;
  /** Luck of its own, by purpose. */
  random(purpose: string): RandomStream;
  /** Takes connections from now on. @param accept names the owner of each */
  listen(accept: (wire: Wire) => WireOwner): void;
  /** Opens a TCP connection; there has to be a link between the two. @param what what for, in the vocabulary's words */
  connect(to: Place, what: string, owner: WireOwner, options?: WireOptions): Wire;
  /**
   * Starts a machine of a role. Its effects are called with `owner`.
   * @param context values that differ from the machine's own @param connection that it serves, 0: none in particular
   */
  start<Owner>(role: string, owner: Owner, context?: Record<string, number>, connection?: number): Actor;
}

/** A machine at work at a place. */
export interface Actor {
  /** Its number in the trace. */
  readonly number: number;
  /** Path of its state. */
  readonly state: string;
  send(event: PlainEvent): void;
  /** It is over: its timers stop. */
  stop(): void;
}

export interface WireOptions {
  /** How an idle connection is probed (SO_KEEPALIVE); without: not at all. */
  keepAlive?: { idleMs: number; intervalMs: number; count: number };
}

/** One end of a TCP connection between two places. Units arrive whole, in order, and cost the receiver CPU time. */
export interface Wire {
  /** Number of the connection in the trace. */
  readonly connection: number;
  /** The place at the other end. */
  readonly peer: Place;
  /** Established, and not over. */
  readonly open: boolean;
  /** Bytes that the kernel has no room for: they wait in the process. */
  readonly backlogBytes: number;
  /**
   * Hands a unit over.
   * @param what key of the vocabulary @param bytes on the stream, at least 1 @param content what the other end is to get
   * @param message first of the messages in it (0: none); they are numbered without a gap @param messages how many
   */
  send(what: string, bytes: number, content: unknown, message?: number, messages?: number): void;
  /** Closes politely, behind everything that was handed over. */
  end(): void;
  /**
   * Closes at once, as close(2) does: what waits in the process is thrown away, what the kernel has taken is still sent.
   * The owner hears nothing more, except of what is lost.
   */
  close(): void;
}

/** What one end of a connection is told. */
export interface WireOwner {
  opened?(wire: Wire): void;
  /** CPU time that taking in a unit costs, µs. */
  costUs?(content: unknown, bytes: number): number;
  /** A unit is here, and its CPU time is spent. */
  received(content: unknown, wire: Wire): void;
  /** What waited in the process (`backlogBytes`) is with the kernel: a write(2) that blocked has returned. */
  drained?(wire: Wire): void;
  /** The other end said that it is done, or the connection is over. Called once, last. */
  closed(reason: CloseReason, wire: Wire): void;
  /**
   * What this end sent will never be received: it was thrown away, or the other end is gone. For the books only: no
   * process knows this, so it must change nothing in the run. It may come after `closed`, or after a crash.
   */
  lost?(content: unknown): void;
}

/** A role of a backplane: its machine, and what its effects do. */
export interface Role {
  machine: AnyStateMachine;
  effects: Readonly<Record<string, (owner: never, params: unknown, event: MachineEvent) => void>>;
}
