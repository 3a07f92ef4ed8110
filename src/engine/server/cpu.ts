import type { Kernel } from '../../kernel/kernel.ts';
import type { Trace } from '../../trace/trace.ts';

/** Told of each finished piece of work: how long it waited and how long it took, µs. */
export type WorkDone = (queuedUs: number, tookUs: number, task: number) => void;

/**
 * A server's one thread: pieces of work run one after the other, in order of arrival, each for its cost.
 * The queue grows when work comes faster than it is done.
 */
export class Cpu {
  busyUs = 0;
  queuedPeakUs = 0;
  readonly #kernel: Kernel;
  readonly #trace: Trace;
  readonly #done: WorkDone;
  readonly #tasks: ((a: number, b: number) => void)[] = [];
  readonly #finish: number;
  /** Waiting work: cost, task, a, b, time of arrival, cause; from #head on. */
  #queue: number[] = [];
  #head = 0;
  #running = 0;
  #startedUs = 0;
  #paused = false;

  constructor(kernel: Kernel, trace: Trace, done: WorkDone) {
    this.#kernel = kernel;
    this.#trace = trace;
    this.#done = done;
    this.#finish = kernel.handler(() => this.#finished());
  }

  /** Registers a kind of work; what it does when it is done is told with two numbers. */
  task(run: (a: number, b: number) => void): number {
    return this.#tasks.push(run) - 1;
  }

  /** Queues a piece of work. @param costUs CPU time, an integer */
  run(costUs: number, task: number, a = 0, b = 0): void {
    this.#queue.push(costUs, task, a, b, this.#kernel.nowUs, this.#trace.cause);
    if (this.#running === 0) this.#next();
  }

  /** Stops after the piece at hand; goes on with `false`. */
  pause(paused: boolean): void {
    this.#paused = paused;
    if (!paused && this.#running === 0) this.#next();
  }

  /** Forgets everything: the process is gone. */
  clear(): void {
    this.#kernel.cancel(this.#running);
    this.#running = 0;
    this.#queue = [];
    this.#head = 0;
    this.#paused = false;
  }

  #next(): void {
    if (this.#paused || this.#head === this.#queue.length) return;
    this.#startedUs = this.#kernel.nowUs;
    // An event past the horizon gets no id; the run is over before the work is.
    this.#running = this.#kernel.after(this.#queue[this.#head] as number, this.#finish) || -1;
  }

  #finished(): void {
    const queue = this.#queue;
    const at = this.#head;
    const cost = queue[at] as number;
    const task = queue[at + 1] as number;
    const queuedUs = this.#startedUs - (queue[at + 4] as number);
    this.#head = at + 6;
    if (this.#head === queue.length) {
      this.#queue = [];
      this.#head = 0;
    } else if (this.#head > 4096 && 2 * this.#head > queue.length) {
      // Not before half of it is done work: a server that falls behind has a long queue, and moving it is not free.
      this.#queue = queue.slice(this.#head);
      this.#head = 0;
    }
    this.#running = 0;
    this.busyUs += cost;
    if (queuedUs > this.queuedPeakUs) this.queuedPeakUs = queuedUs;
    this.#trace.cause = queue[at + 5] as number;
    this.#done(queuedUs, cost, task);
    (this.#tasks[task] as (a: number, b: number) => void)(queue[at + 2] as number, queue[at + 3] as number);
    if (this.#running === 0) this.#next();
  }
}
