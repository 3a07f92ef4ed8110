import type { Sim } from '../contract/sim.ts';

/**
 * What a server gathers for its clients before it sends: a send for many messages in place of a send for each. The
 * first message begins the wait, and all that has come by its end goes out together, to each client as one.
 */
export class Batches {
  readonly #sim: Sim;
  readonly #waitUs: number;
  readonly #send: (session: number, messages: readonly number[]) => void;
  readonly #gathered = new Map<number, number[]>();
  #epoch = 0;

  /** @param send told of each session that has something gathered, in the order in which it was gathered */
  constructor(sim: Sim, waitUs: number, send: (session: number, messages: readonly number[]) => void) {
    this.#sim = sim;
    this.#waitUs = waitUs;
    this.#send = send;
  }

  /** @param message its number; below 0: it comes again */
  add(session: number, message: number): void {
    if (this.#gathered.size === 0) this.#wait();
    const messages = this.#gathered.get(session);
    if (messages === undefined) this.#gathered.set(session, [message]);
    else messages.push(message);
  }

  /** The process died: what was gathered is gone. */
  clear(): void {
    this.#epoch++;
    this.#gathered.clear();
  }

  #wait(): void {
    const epoch = this.#epoch;
    this.#sim.later(this.#waitUs, () => {
      if (epoch !== this.#epoch) return;
      const gathered = [...this.#gathered];
      this.#gathered.clear();
      for (const [session, messages] of gathered) this.#send(session, messages);
    });
  }
}
