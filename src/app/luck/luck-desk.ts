import type { Plan } from '../../engine/contract/plan.ts';
import type { LuckActions } from '../../pages/play/branches/model.ts';
import type { WorkerLike } from '../worker/client.ts';
import type { WorkerMessage } from '../worker/messages.ts';
import { SILENT, Watch } from '../worker/watch.ts';
import { resultOf, type SeedResult } from './spread.ts';

/** The seeds are 1 to this: anybody can run them again, one by one. */
export const MOST_SEEDS = 50;
/** Longer than this nobody waits without having been asked. */
const PATIENCE_MS = 30_000;
const FEWEST_OFFERED = 5;
/** Results of scenarios that were asked before, so that undo and another seed need no second asking. */
const MOST_REMEMBERED = 6;

export interface LuckState {
  state: 'idle' | 'running' | 'held' | 'done' | 'failed';
  failure: string | null;
  of: number;
  /** In the order of their seeds. */
  results: readonly SeedResult[];
}

export const NO_LUCK: LuckState = { state: 'idle', failure: null, of: 0, results: [] };

/** A worker at this. */
interface Helper {
  worker: WorkerLike;
  busy: boolean;
  watch: Watch;
}

/** Runs one scenario over many seeds behind the page's back: never while the run that is shown is being simulated. */
export class LuckDesk implements LuckActions {
  readonly #spawn: () => WorkerLike;
  readonly #changed: (state: LuckState) => void;
  readonly #threads: number;
  readonly #known = new Map<string, LuckState>();
  #workers: Helper[] = [];
  #state = NO_LUCK;
  #plan: Plan | null = null;
  #key = '';
  #queue: number[] = [];
  #held = false;
  #generation = 0;
  #oneMs: number | null = null;

  constructor(spawn: () => WorkerLike, changed: (state: LuckState) => void, threads = threadsToSpare()) {
    this.#spawn = spawn;
    this.#changed = changed;
    this.#threads = threads;
  }

  /** The scenario under work. Another seed is the same question; anything else is another, and ends what is going on. */
  scenario(plan: Plan): void {
    const key = JSON.stringify({ ...plan, seed: 0, name: '', about: '', expect: [] });
    this.#plan = plan;
    if (key === this.#key) return;
    this.#stop();
    if (this.#state.results.length > 0) this.#remember();
    this.#key = key;
    this.#oneMs = null;
    this.#tell(this.#known.get(key) ?? NO_LUCK);
  }

  /** How long a run of the scenario took, as far as known. */
  took(wallMs: number): void {
    this.#oneMs = wallMs;
  }

  /** As many seeds as can be had in a time that anybody waits, and about how long that takes. */
  offer(): { seeds: number; ms: number | null; most: number; mostMs: number | null } {
    const oneMs = this.#oneMs === null ? null : this.#oneMs / this.#threads;
    const fit = oneMs === null || oneMs === 0 ? MOST_SEEDS : Math.floor(PATIENCE_MS / oneMs);
    const seeds = Math.min(MOST_SEEDS, Math.max(FEWEST_OFFERED, fit));
    const left = (count: number) => Math.max(0, count - this.#state.results.length);
    const ms = (count: number) => (oneMs === null ? null : oneMs * left(count));
    return { seeds, ms: ms(seeds), most: MOST_SEEDS, mostMs: ms(MOST_SEEDS) };
  }

  start(seeds = this.offer().seeds): void {
    if (this.#plan === null || this.#state.state === 'running') return;
    const have = new Set(this.#state.results.map(({ seed }) => seed));
    this.#queue = Array.from({ length: seeds }, (_, index) => index + 1).filter((seed) => !have.has(seed));
    this.#tell({ ...this.#state, state: this.#held ? 'held' : 'running', failure: null, of: seeds });
    this.#handOut();
  }

  cancel(): void {
    this.#stop();
    const { results } = this.#state;
    this.#tell(results.length === 0 ? NO_LUCK : { ...this.#state, state: 'done', of: results.length });
  }

  /** While the run that is shown is simulated nothing else is begun. */
  hold(on: boolean): void {
    if (on === this.#held) return;
    this.#held = on;
    const { state } = this.#state;
    if (state === 'running' || state === 'held')
      this.#tell({ ...this.#state, state: on ? 'held' : 'running' });
    this.#handOut();
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
    const results = [...this.#state.results, resultOf(message.report)].sort((a, b) => a.seed - b.seed);
    const { of } = this.#state;
    const done = results.length >= of;
    if (done) this.#stop();
    this.#tell({ ...this.#state, state: done ? 'done' : this.#state.state, results });
    if (!done) this.#handOut();
  }

  #fail(failure: string): void {
    this.#stop();
    this.#tell({ ...this.#state, state: 'failed', failure });
  }

  /** Ends at once, whatever the workers are at. */
  #stop(): void {
    this.#queue = [];
    for (const { worker, watch } of this.#workers) {
      watch.stop();
      worker.terminate();
    }
    this.#workers = [];
  }

  #remember(): void {
    const { results } = this.#state;
    this.#known.delete(this.#key);
    this.#known.set(this.#key, { state: 'done', failure: null, of: results.length, results });
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
  }

  #tell(state: LuckState): void {
    this.#state = state;
    this.#changed(state);
  }
}

/** One thread draws, one simulates; of the others some, but never so many that the machine is felt. */
function threadsToSpare(): number {
  const cores = typeof navigator === 'undefined' ? 2 : (navigator.hardwareConcurrency ?? 2);
  return Math.min(3, Math.max(1, Math.floor(cores / 2) - 1));
}
