import type { Cpu } from './cpu.ts';

/** Work of a server's CPU that is no session's: what comes of it is told to a closure. */
export class Errands {
  /** Number of the task at the CPU. */
  readonly task: number;
  readonly #cpu: Cpu;
  readonly #waiting: ((() => void) | null)[] = [];

  constructor(cpu: Cpu) {
    this.#cpu = cpu;
    this.task = cpu.task((index) => {
      const then = this.#waiting[index] as () => void;
      this.#waiting[index] = null;
      then();
    });
  }

  /** @param costUs CPU time, an integer */
  run(costUs: number, then: () => void): void {
    this.#cpu.run(costUs, this.task, this.#waiting.push(then) - 1);
  }

  /** The process died. */
  clear(): void {
    this.#waiting.length = 0;
  }
}
