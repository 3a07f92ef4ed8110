import type { ServerExchange } from '../contract/http.ts';
import type { Cpu } from './cpu.ts';
import { Errands } from './errands.ts';
import type { Serving } from './session.ts';

/** `OK` */
const CHECK_BODY_BYTES = 2;

/**
 * What only a load balancer or a proxy brings, and what is answered at the door, without a session: checks, and a request
 * whose Upgrade was taken away.
 */
export class Door {
  readonly #errands: Errands;
  readonly #requestUs: number;
  readonly #servings: ReadonlyMap<string, Serving>;

  /** @param requestUs CPU time of a request @param servings what the server serves, by transport */
  constructor(cpu: Cpu, requestUs: number, servings: ReadonlyMap<string, Serving>) {
    this.#errands = new Errands(cpu);
    this.#requestUs = requestUs;
    this.#servings = servings;
  }

  /** Number of its task at the CPU. */
  get task(): number {
    return this.#errands.task;
  }

  /** Answers a request if it is one of those. @returns whether it was */
  answers(exchange: ServerExchange): boolean {
    const { transport } = exchange.content;
    if (transport === 'health-check') this.#answer(exchange, answerCheck);
    else {
      const answer = this.#servings.get(transport)?.plugin.server.withoutUpgrade;
      if (answer === undefined || exchange.upgrade) return false;
      this.#answer(exchange, answer);
    }
    return true;
  }

  /** The process died. */
  clear(): void {
    this.#errands.clear();
  }

  #answer(exchange: ServerExchange, answer: (exchange: ServerExchange) => void): void {
    this.#errands.run(this.#requestUs, () => answer(exchange));
  }
}

/** A load balancer asks whether the application is up. */
function answerCheck(exchange: ServerExchange): void {
  const content = { status: 200, messages: [], cursor: 0, code: 0 };
  exchange.respond('health-check.response', CHECK_BODY_BYTES, content);
}
