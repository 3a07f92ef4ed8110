import type { Plan } from '../../engine/contract/plan.ts';
import type { SeedRange } from '../../pages/compare/model.ts';
import { figuresOf } from '../../scenarios/compare/figures.ts';
import type { Report } from '../../scenarios/report.ts';
import type { WorkerLike } from '../worker/client.ts';
import type { WorkerMessage } from '../worker/messages.ts';

/** The seeds are 1 to this: anybody can run them again, one by one. */
export const SEEDS = 10;

export interface SeedsState {
  state: 'idle' | 'running' | 'done' | 'failed';
  failure: string | null;
  /** Reports of all variants, of each seed that every variant has been run with. */
  results: readonly (readonly Report[])[];
}

export const NO_SEEDS: SeedsState = { state: 'idle', failure: null, results: [] };

/** Runs all variants over a few seeds, one run after the other, in a worker that leaves room for everything else. */
export class Seeds {
  readonly #spawn: () => WorkerLike;
  readonly #changed: (state: SeedsState) => void;
  #worker: WorkerLike | null = null;
  #state = NO_SEEDS;
  #generation = 0;
  #plans: readonly Plan[] = [];
  #seed = 0;
  #reports: Report[] = [];

  constructor(spawn: () => WorkerLike, changed: (state: SeedsState) => void) {
    this.#spawn = spawn;
    this.#changed = changed;
  }

  /** Begins with the first seed, whatever is known. */
  start(plans: readonly Plan[]): void {
    this.stop();
    this.#plans = plans;
    this.#seed = 1;
    this.#reports = [];
    this.#worker = this.#spawn();
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    this.#worker.onerror = (event) => {
      event.preventDefault?.();
      this.#end('failed', event.message || 'the worker could not be loaded');
    };
    this.#tell({ state: 'running', failure: null, results: [] });
    this.#next();
  }

  /** Ends at once; what is known by then stays. */
  stop(): void {
    if (this.#state.state === 'running') this.#end(this.#state.results.length > 0 ? 'done' : 'idle', null);
  }

  /** Other variants: what is known says nothing of them. */
  forget(): void {
    this.#worker?.terminate();
    this.#worker = null;
    if (this.#state !== NO_SEEDS) this.#tell(NO_SEEDS);
  }

  #next(): void {
    const plan = this.#plans[this.#reports.length] as Plan;
    const generation = ++this.#generation;
    this.#worker?.postMessage({ kind: 'seed', generation, plan: { ...plan, seed: this.#seed } });
  }

  #hear(message: WorkerMessage): void {
    if (message.generation !== this.#generation) return;
    if (message.kind === 'failed') this.#end('failed', message.message);
    if (message.kind !== 'reported') return;
    this.#reports.push(message.report);
    if (this.#reports.length === this.#plans.length) {
      this.#tell({ ...this.#state, results: [...this.#state.results, this.#reports] });
      this.#reports = [];
      if (++this.#seed > SEEDS) {
        this.#end('done', null);
        return;
      }
    }
    this.#next();
  }

  #end(state: SeedsState['state'], failure: string | null): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#tell({ ...this.#state, state, failure });
  }

  #tell(state: SeedsState): void {
    this.#state = state;
    this.#changed(state);
  }
}

/** How each figure of each variant spreads over the seeds, and how often none is better though one is worse. */
export function rangesOf(
  results: SeedsState['results'],
  group: string | null,
): Map<string, readonly SeedRange[]> {
  const ranges = new Map<string, SeedRange[]>();
  for (const reports of results) {
    for (const { id, better, values } of figuresOf(reports, group)) {
      const known = values.filter((value) => value !== null);
      if (known.length < values.length) continue;
      const best = better === 'more' ? Math.max(...known) : Math.min(...known);
      const alike = known.every((value) => value === best);
      const before = ranges.get(id);
      ranges.set(
        id,
        known.map((value, index) => {
          const range = before?.[index] ?? { low: value, high: value, best: 0 };
          return {
            low: Math.min(range.low, value),
            high: Math.max(range.high, value),
            best: range.best + (better !== null && !alike && value === best ? 1 : 0),
          };
        }),
      );
    }
  }
  return ranges;
}
