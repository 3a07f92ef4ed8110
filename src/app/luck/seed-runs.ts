import type { Plan } from '../../engine/contract/plan.ts';
import type { WorkerLike } from '../worker/client.ts';
import type { WorkerMessage } from '../worker/messages.ts';
import { SILENT, Watch } from '../worker/watch.ts';
import { resultOf, type SeedResult } from './spread.ts';

/** A worker at this. */
interface Helper {
  worker: WorkerLike;
  busy: boolean;
  watch: Watch;
}

/** Runs one scenario over many seeds in workers of its own. */
export class SeedRuns {
  readonly #spawn: () => WorkerLike;
  readonly #threads: number;
  readonly #done: (result: SeedResult) => void;
  readonly #failed: (failure: string) => void;
  #workers: Helper[] = [];
  #plan: Plan | null = null;
  #queue: number[] = [];
  #held = false;
  #generation = 0;

  /** @param done told of each result, in the order in which they come @param failed then all has been stopped */
  constructor(
    spawn: () => WorkerLike,
    threads: number,
    done: (result: SeedResult) => void,
    failed: (failure: string) => void,
  ) {
    this.#spawn = spawn;
    this.#threads = threads;
    this.#done = done;
    this.#failed = failed;
  }

  start(plan: Plan, seeds: readonly number[]): void {
    this.#plan = plan;
    this.#queue = [...seeds];
    this.#handOut();
  }

  /** Nothing is begun meanwhile. */
  hold(on: boolean): void {
    this.#held = on;
    this.#handOut();
  }

  /** Ends at once, whatever the workers are at. */
  stop(): void {
    this.#queue = [];
    for (const { worker, watch } of this.#workers) {
      watch.stop();
      worker.terminate();
    }
    this.#workers = [];
  }

  #handOut(): void {
    if (this.#plan === null || this.#held) return;
    while (this.#queue.length > 0) {
      const free = this.#workers.find(({ busy }) => !busy) ?? this.#another();
      if (free === null) return;
      free.busy = true;
      free.watch.start();
      const seed = this.#queue.shift() as number;
      const generation = ++this.#generation;
      free.worker.postMessage({ kind: 'seed', generation, plan: { ...this.#plan, seed } });
    }
  }

  #another(): Helper | null {
    if (this.#workers.length >= this.#threads) return null;
    const worker = this.#spawn();
    const one = { worker, busy: false, watch: new Watch(() => this.#fail(SILENT)) };
    worker.onmessage = ({ data }) => {
      one.watch.heard();
      if (data.kind === 'alive') return;
      one.busy = false;
      one.watch.stop();
      this.#hear(data);
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.#fail(event.message || 'the worker could not be loaded');
    };
    this.#workers.push(one);
    return one;
  }

  #hear(message: WorkerMessage): void {
    if (message.kind === 'failed') this.#fail(message.message);
    if (message.kind !== 'reported') return;
    this.#done(resultOf(message.report));
    this.#handOut();
  }

  #fail(failure: string): void {
    this.stop();
    this.#failed(failure);
  }
}
