import type { EventId, Kernel } from '../../kernel/kernel.ts';
import type { RandomStream } from '../../kernel/random.ts';
import type { Trace } from '../../trace/trace.ts';

export type { EventId, Handler, Kernel } from '../../kernel/kernel.ts';
export type { RandomStream } from '../../kernel/random.ts';
export { PACKET, PROXY, RESENT } from '../../trace/kinds.ts';
export type { Trace } from '../../trace/trace.ts';
export { KIND } from '../../trace/trace.ts';

/** What everything that is simulated stands on: the clock, the record, named luck, and the units in flight. */
export interface Sim {
  readonly kernel: Kernel;
  readonly trace: Trace;
  /** A random stream of its own for this name. */
  random(name: string): RandomStream;
  readonly units: Units;
  /** Runs a closure `delayUs` from now: for what happens seldom. What happens for each packet uses handler numbers. */
  later(delayUs: number, run: () => void): EventId;
}

/**
 * The protocol data units that are under way: what a sender handed to a stream and the receiver will get.
 * Streams carry only byte counts and the numbers of units; the content waits here until it is received.
 */
export interface Units {
  /**
   * Registers a unit and records `unit.sent`.
   * @param connection the connection it goes onto @param down 1 from server to client, 0 the other way
   * @param what its key in the vocabulary @param bytes its size on the stream
   * @param content what the receiver is to be handed
   * @param message first of the messages in it (0: none) @param messages how many
   */
  create(
    connection: number,
    down: 0 | 1,
    what: string,
    bytes: number,
    content: unknown,
    message?: number,
    messages?: number,
  ): number;
  /** The content, left where it is. */
  peek(unit: number): unknown;
  /** The receiver takes the content out, once; records `unit.received`. */
  take(unit: number): unknown;
}
