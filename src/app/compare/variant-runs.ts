import type { Plan } from '../../engine/contract/plan.ts';
import { headerFor } from '../manifests.ts';
import { begunRun, type RunInPage, type WorkerLike } from '../worker/client.ts';
import type { WorkerMessage } from '../worker/messages.ts';
import { receive } from '../worker/receive.ts';
import { SILENT, Watch } from '../worker/watch.ts';

/** Records that are kept of all variants together; what comes later is counted and not drawn. */
const MOST_RECORDS = 6_000_000;

interface Thread {
  worker: WorkerLike;
  watch: Watch;
  /** What is simulated there, by generation. */
  runs: Map<number, RunInPage>;
}

/**
 * Simulates the variants beside each other. In each worker they take turns, so all of them are known about equally far,
 * and the one playhead waits for none in particular. A variant whose plan stays as it was keeps its run.
 */
export class VariantRuns {
  readonly #spawn: () => WorkerLike;
  readonly #changed: () => void;
  readonly #most: number;
  #threads: Thread[] = [];
  #runs = new Map<string, RunInPage>();
  #generation = 0;

  /** @param changed called for every piece of news of any run @param threads workers at most */
  constructor(spawn: () => WorkerLike, changed: () => void, threads = threadsToSpare()) {
    this.#spawn = spawn;
    this.#changed = changed;
    this.#most = threads;
  }

  /** The runs of these plans, in their order; those that are not there yet are started, all others are given up. */
  want(plans: readonly Plan[]): RunInPage[] {
    const keys = plans.map(keyOf);
    for (const [key, run] of this.#runs) {
      if (keys.includes(key)) continue;
      this.#runs.delete(key);
      this.#drop(run);
    }
    return plans.map((plan, index) => {
      const key = keys[index] as string;
      let run = this.#runs.get(key);
      if (run === undefined) this.#runs.set(key, (run = this.#start(plan, plans.length)));
      return run;
    });
  }

  /** Lets go of a run, so that it is started anew when it is wanted next. */
  forget(run: RunInPage): void {
    this.#runs.delete(keyOf(run.plan));
    this.#drop(run);
  }

  #start(plan: Plan, variants: number): RunInPage {
    const generation = ++this.#generation;
    const run = begunRun(generation, plan, headerFor(plan));
    const thread = this.#freest();
    thread.runs.set(generation, run);
    const maxRows = Math.floor(MOST_RECORDS / Math.max(1, variants));
    thread.worker.postMessage({ kind: 'beside', generation, plan, maxRows });
    thread.watch.start();
    return run;
  }

  #drop(run: RunInPage): void {
    for (const { worker, runs, watch } of this.#threads) {
      if (!runs.delete(run.generation)) continue;
      worker.postMessage({ kind: 'drop', generation: run.generation });
      if (runs.size === 0) watch.stop();
    }
  }

  #freest(): Thread {
    const freest = this.#threads.toSorted((a, b) => a.runs.size - b.runs.size)[0];
    if (freest !== undefined && (freest.runs.size === 0 || this.#threads.length >= this.#most)) return freest;
    const watch = new Watch(() => this.#lose(thread, SILENT));
    const thread: Thread = { worker: this.#spawn(), runs: new Map(), watch };
    thread.worker.onmessage = ({ data }) => this.#hear(thread, data);
    thread.worker.onerror = (event) => {
      event.preventDefault?.();
      this.#lose(thread, event.message || 'the worker could not be loaded');
    };
    this.#threads.push(thread);
    return thread;
  }

  #hear(thread: Thread, message: WorkerMessage): void {
    thread.watch.heard();
    const run = thread.runs.get(message.generation);
    if (run === undefined) return;
    if (message.kind === 'news') receive(run.trace, message.news);
    else if (message.kind === 'failed') Object.assign(run, { state: 'failed', failure: message.message });
    else if (message.kind === 'done') {
      run.state = 'done';
      run.fingerprint = message.fingerprint;
      run.report = message.report;
    }
    if (run.state !== 'simulating') thread.runs.delete(message.generation);
    if (thread.runs.size === 0) thread.watch.stop();
    this.#changed();
  }

  /** A worker that failed as a whole takes its runs with it; what is started next gets a new one. */
  #lose(thread: Thread, failure: string): void {
    thread.watch.stop();
    thread.worker.terminate();
    this.#threads = this.#threads.filter((one) => one !== thread);
    for (const run of thread.runs.values()) Object.assign(run, { state: 'failed', failure, crashed: true });
    this.#changed();
  }
}

/** What the name of a scenario is changes nothing in its run. */
const keyOf = (plan: Plan): string => JSON.stringify({ ...plan, name: '', about: '', expect: [] });

/** One thread draws. */
function threadsToSpare(): number {
  const cores = typeof navigator === 'undefined' ? 2 : (navigator.hardwareConcurrency ?? 2);
  return Math.min(4, Math.max(1, cores - 1));
}
