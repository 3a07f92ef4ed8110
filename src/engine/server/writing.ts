import type { Cpu } from './cpu.ts';
import type { ServerHome } from './home.ts';

/** What clients write, on its way through a server's CPU to the backplane. */
export class Writing {
  /** Number of its task at the CPU. */
  readonly task: number;
  readonly #cpu: Cpu;
  readonly #home: ServerHome;
  /** What goes on once a message is passed on. */
  readonly #waiting = new Map<number, () => void>();

  constructor(cpu: Cpu, home: ServerHome) {
    this.#cpu = cpu;
    this.#home = home;
    this.task = cpu.task((message) => {
      const then = this.#waiting.get(message) as () => void;
      this.#waiting.delete(message);
      home.publish(message);
      then();
    });
  }

  /** A client's message is here: it goes on once its CPU time is spent. */
  take(message: number, costUs: number, then: () => void): void {
    this.#waiting.set(message, then);
    this.#cpu.run(costUs, this.task, message);
  }

  /** The process died with what waited. */
  clear(): void {
    for (const message of this.#waiting.keys()) this.#home.lost(message, 'server crashed');
    this.#waiting.clear();
  }
}
