import type { ServerFacts } from '../contract/facts.ts';
import type { Sim } from '../contract/sim.ts';
import type { Messages } from '../messages.ts';
import type { Topics } from '../topics.ts';
import type { Arrivals } from './arrivals.ts';
import { Batches } from './batches.ts';
import type { Cpu } from './cpu.ts';
import type { Session } from './session.ts';

interface Its {
  sim: Sim;
  cpu: Cpu;
  messages: Messages;
  topics: Topics;
  arrivals: Arrivals;
  sessions: ReadonlyMap<number, Session>;
  facts: Pick<ServerFacts, 'sends'>;
}

/** What a server sends to whoever listens: each message by itself, or what came within a while as one. */
export class Pushing {
  /** Of the CPU, for the record. */
  readonly task: number;
  readonly #its: Its;
  readonly #costUs: number;
  /** null: every message is sent by itself. */
  readonly #batches: Batches | null;

  /** @param costUs CPU time of a send @param batchUs how long is gathered; 0: not at all */
  constructor(its: Its, costUs: number, batchUs: number) {
    this.#its = its;
    this.#costUs = costUs;
    const send = (number: number, batch: readonly number[]) => this.#sendBatch(number, batch);
    this.#batches = batchUs === 0 ? null : new Batches(its.sim, batchUs, send);
    this.task = its.cpu.task((number, message) => this.#sent(number, message));
  }

  /** @param again it came before, and is passed on again */
  push(copy: number, subscribers: Iterable<Session>, again: boolean): void {
    const message = this.#its.topics.messageOf(copy);
    for (const session of subscribers) {
      const { number, exchange } = session;
      if (!this.#its.messages.isFor(message, exchange.content.client) || !session.watches(message)) continue;
      // What comes again is told by its sign.
      const told = again ? -copy : copy;
      if (this.#batches === null) this.#send(number, told);
      else this.#batches.add(number, told);
    }
  }

  /** The process died: what was gathered is gone. */
  clear(): void {
    this.#batches?.clear();
  }

  #send(number: number, message: number): void {
    this.#its.facts.sends++;
    this.#its.cpu.run(this.#costUs, this.task, number, message);
  }

  /** One send: the others are in hand when the last has had its CPU time. */
  #sendBatch(number: number, batch: readonly number[]): void {
    const session = this.#its.sessions.get(number);
    if (session === undefined) return;
    for (const message of batch.slice(0, -1)) this.#take(session, message);
    this.#send(number, batch.at(-1) as number);
  }

  #sent(number: number, message: number): void {
    const session = this.#its.sessions.get(number);
    if (session !== undefined && this.#take(session, message))
      session.send({ type: 'message', message: this.#its.topics.messageOf(Math.abs(message)) });
  }

  /** @returns whether the session has it in hand now */
  #take(session: Session, message: number): boolean {
    const its = Math.abs(message);
    return session.push(its, message < 0 ? 0 : (this.#its.arrivals.positionOf(its) as number));
  }
}
