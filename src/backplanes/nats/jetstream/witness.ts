import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import { KIND } from '../../../engine/contract/sim.ts';
import type { ConsumerSpec } from './api.ts';
import type { Config } from './config.ts';
import type { Entry } from './stream.ts';

/** Number of the stream among the logs of the header. */
const LOG = 0;

/** What is known of a message on its way into the stream. */
interface Journey {
  /** Copies that were published and have neither arrived nor been lost. */
  copies: number;
  /** Nobody will publish it once more; why not, for the story. */
  over: string;
  source: Place;
  stored: boolean;
}

/**
 * Takes down what happens for the record. It sees all processes at once, which none of them does, and so can say where a
 * message ended that nobody will miss until it is too late.
 */
export class Witness {
  readonly #io: BackplaneIo;
  readonly #config: Config;
  readonly #watches: (server: Place, room: number) => boolean;
  readonly #journeys = new Map<number, Journey>();
  /** Messages that each server's application was handed, and those that it will not be; and consumers that were refused. */
  readonly #handed: Set<number>[];
  readonly #missed: Set<number>[];
  /** By consumer: messages whose last delivery came to nothing, and that are to be delivered again. */
  readonly #away = new Map<number, Set<number>>();
  readonly #refused = new Map<number, string>();
  readonly #seqs: number[] = [];
  /** Messages by sequence, whether they are still there or not. */
  readonly #messages: number[] = [];

  /** @param watches whether a client of a server watches a room */
  constructor(io: BackplaneIo, config: Config, watches: (server: Place, room: number) => boolean) {
    this.#io = io;
    this.#config = config;
    this.#watches = watches;
    this.#handed = io.servers.map(() => new Set());
    this.#missed = io.servers.map(() => new Set());
  }

  /** The sequence that a message has in the stream; 0: it was never there. */
  seqOf(message: number): number {
    return this.#seqs[message] ?? 0;
  }

  /** A source publishes a copy of a message. */
  published(message: number, source: Place): void {
    const journey = this.#journeys.get(message) ?? { copies: 0, over: '', source, stored: false };
    journey.copies++;
    this.#journeys.set(message, journey);
  }

  /** A copy will not arrive. */
  lost(message: number, reason: string): void {
    const journey = this.#journeys.get(message);
    if (journey === undefined) return;
    journey.copies--;
    this.#settle(message, journey, reason);
  }

  /** A copy is at the stream, whatever becomes of it. */
  arrived(message: number): void {
    const journey = this.#journeys.get(message);
    if (journey !== undefined) journey.copies--;
  }

  /** Its source will not try again. */
  over(message: number, source: Place, why: string): void {
    const journey = this.#journeys.get(message) ?? { copies: 0, over: why, source, stored: false };
    journey.over = why;
    this.#journeys.set(message, journey);
    this.#settle(message, journey, why);
  }

  stored(place: Place, { seq, message }: Entry, duplicate: boolean): void {
    this.arrived(message);
    const journey = this.#journeys.get(message);
    if (journey !== undefined) journey.stored = true;
    const { trace, kernel } = this.#io.sim;
    if (duplicate) return;
    this.#seqs[message] ??= seq;
    this.#messages[seq] = message;
    this.#io.counts.appended++;
    trace.add(KIND['entry.appended'], kernel.nowUs, place.number, LOG, 0, seq, this.#io.messageOf(message));
    for (const [number, why] of this.#refused) this.#withoutConsumer(number, message, place, why);
  }

  trimmed(place: Place, first: number): void {
    const { trace, kernel } = this.#io.sim;
    trace.add(KIND['entry.trimmed'], kernel.nowUs, place.number, LOG, 0, first);
  }

  /** A consumer delivers a message, once more perhaps. */
  delivering(consumer: number, message: number): void {
    this.#away.get(consumer)?.delete(message);
  }

  /** A delivery came to nothing: the consumer has to do it again. @param at the server that it went to */
  cameToNothing(message: number, at: Place): void {
    const consumer = this.#config.pattern === 'shared' ? this.#io.servers.length : at.index;
    const away = this.#away.get(consumer) ?? new Set();
    this.#away.set(consumer, away.add(message));
  }

  /** A consumer will not deliver a message any more; if its last delivery came to nothing, that was all. */
  endsAt(consumer: number, message: number, at: Place, reason: string): void {
    if (this.#away.get(consumer)?.has(message) !== true) return;
    for (const server of this.#readersOf(consumer)) this.missed(message, at, server, reason);
  }

  /** The limits took a message: whoever has not had it will not. @param delivered numbers of consumers that have sent it out */
  cut(place: Place, { message }: Entry, delivered: readonly number[]): void {
    const reason = 'the stream’s limits took it before it was delivered';
    for (const consumer of delivered) this.endsAt(consumer, message, place, reason);
    if (delivered.includes(this.#io.servers.length)) return;
    for (const server of this.#io.servers)
      if (!delivered.includes(server.index)) this.missed(message, place, server, reason);
  }

  cursor(place: Place, consumer: number, offset: number, committed: boolean): void {
    if (consumer < 0) return;
    const { trace, kernel } = this.#io.sim;
    trace.add(KIND['cursor.moved'], kernel.nowUs, place.number, LOG, 0, consumer, offset, committed ? 1 : 0);
  }

  /** A consumer begins: what is behind that, it will never deliver. */
  begins(place: Place, { number }: ConsumerSpec, next: number): void {
    this.#refused.delete(number);
    for (let seq = 1; seq < next; seq++)
      for (const server of this.#readersOf(number))
        this.missed(this.#messages[seq] as number, place, server, 'its consumer begins behind it');
  }

  /** The stream does not want a consumer. */
  refused(place: Place, number: number, why: string): void {
    if (number < 0) return;
    this.#refused.set(number, why);
    for (const message of this.#messages)
      if (message !== undefined) this.#withoutConsumer(number, message, place, why);
  }

  handed(server: Place, message: number): void {
    this.#handed[server.index]?.add(message);
  }

  /** A server that watches, and was not handed a message, will not be. @param server null: nobody will */
  missed(message: number, at: Place, server: Place | null, reason: string): void {
    if (server === null) {
      this.#io.drop(message, at, null, reason);
      return;
    }
    if (server.kind !== 'server' || this.#handed[server.index]?.has(message) === true) return;
    if (this.#missed[server.index]?.has(message) || !this.#watches(server, this.#io.roomOf(message))) return;
    this.#missed[server.index]?.add(message);
    this.#io.drop(message, at, server, reason);
  }

  /** With one consumer for all: it went to one server. */
  shared(message: number, at: Place): void {
    if (this.#config.pattern !== 'shared') return;
    for (const other of this.#io.servers)
      if (other !== at) this.missed(message, at, other, 'another server of the shared consumer has it');
  }

  #withoutConsumer(number: number, message: number, at: Place, why: string): void {
    for (const server of this.#readersOf(number))
      this.missed(message, at, server, `the stream refused its consumer: ${why}`);
  }

  /** A consumer's server; all of them, if they share it. */
  #readersOf(number: number): readonly Place[] {
    return number === this.#io.servers.length ? this.#io.servers : this.#io.servers.slice(number, number + 1);
  }

  #settle(message: number, { copies, over, source, stored }: Journey, reason: string): void {
    if (stored || copies > 0 || over === '') return;
    this.#journeys.delete(message);
    this.#io.drop(message, source, null, reason);
  }
}
