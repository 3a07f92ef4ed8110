import type { Plan } from '../../engine/contract/plan.ts';
import type { LuckActions } from '../../pages/play/branches/model.ts';
import type { WorkerLike } from '../worker/client.ts';
import type { SeedRuns } from './seed-runs.ts';
import type { SeedResult } from './spread.ts';

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
  /** What can be said of results, which comes with the first of them. */
  judge: Pick<typeof import('./spread.ts'), 'luckOfGroup' | 'resultOf'> | null;
}

/** Whether seeds are being run, or wait for the run that is shown. */
export const isAtWork = ({ state }: LuckState): boolean => state === 'running' || state === 'held';

export const NO_LUCK: LuckState = { state: 'idle', failure: null, of: 0, results: [], judge: null };

/** Runs one scenario over many seeds behind the page's back: never while the run that is shown is being simulated. */
export class LuckDesk implements LuckActions {
  readonly #spawn: () => WorkerLike;
  readonly #changed: (state: LuckState) => void;
  readonly #threads: number;
  readonly #known = new Map<string, LuckState>();
  /** What runs them comes when it is first asked for. */
  #runs: SeedRuns | null = null;
  #state = NO_LUCK;
  #plan: Plan | null = null;
  #key = '';
  #held = false;
  /** How often the seeds were asked for: what was called off meanwhile is not begun. */
  #turn = 0;
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
    if (this.#plan === null || isAtWork(this.#state)) return;
    this.#tell({ ...this.#state, state: this.#held ? 'held' : 'running', failure: null, of: seeds });
    void this.#begin(this.#plan, seeds);
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
    if (isAtWork(this.#state)) this.#tell({ ...this.#state, state: on ? 'held' : 'running' });
    this.#runs?.hold(on);
  }

  async #begin(plan: Plan, seeds: number): Promise<void> {
    const turn = ++this.#turn;
    const [code, judge] = await Promise.all([import('./seed-runs.ts'), import('./spread.ts')]).catch(
      () => [null, null] as const,
    );
    if (turn !== this.#turn || !isAtWork(this.#state)) return;
    if (code === null) {
      this.#tell({ ...this.#state, state: 'failed', failure: 'it could not be loaded' });
      return;
    }
    this.#runs ??= new code.SeedRuns(
      this.#spawn,
      this.#threads,
      (result) => this.#hear(result),
      (failure) => this.#tell({ ...this.#state, state: 'failed', failure }),
    );
    this.#tell({ ...this.#state, judge });
    const have = new Set(this.#state.results.map(({ seed }) => seed));
    this.#runs.hold(this.#held);
    this.#runs.start(
      plan,
      Array.from({ length: seeds }, (_, index) => index + 1).filter((seed) => !have.has(seed)),
    );
  }

  #hear(result: SeedResult): void {
    const results = [...this.#state.results, result].sort((a, b) => a.seed - b.seed);
    const done = results.length >= this.#state.of;
    if (done) this.#stop();
    this.#tell({ ...this.#state, state: done ? 'done' : this.#state.state, results });
  }

  #stop(): void {
    this.#turn++;
    this.#runs?.stop();
  }

  #remember(): void {
    const { results, judge } = this.#state;
    this.#known.delete(this.#key);
    this.#known.set(this.#key, { state: 'done', failure: null, of: results.length, results, judge });
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
