import type { Plan } from '../../engine/contract/plan.ts';
import type { RunInPage } from '../worker/client.ts';

/** Records of finished runs that are kept besides those in use: some 100 MB at most. */
const MOST_RECORDS = 1_500_000;

/** Finished runs, so that going back to one needs no second simulation. What takes too much room is simulated again. */
export class KeptRuns {
  readonly #runs = new Map<Plan, RunInPage>();
  readonly #mostRecords: number;

  constructor(mostRecords = MOST_RECORDS) {
    this.#mostRecords = mostRecords;
  }

  put(run: RunInPage): void {
    if (run.state !== 'done') return;
    this.#runs.delete(run.plan);
    this.#runs.set(run.plan, run); // last in the order of use
  }

  get(plan: Plan | undefined): RunInPage | null {
    return plan === undefined ? null : (this.#runs.get(plan) ?? null);
  }

  /**
   * Lets go of what is too much, the least recently used first.
   * @param inUse plans whose runs stay whatever they take @param known plans that can still be asked for
   */
  prune(inUse: readonly Plan[], known: readonly Plan[]): void {
    for (const plan of [...this.#runs.keys()]) if (!known.includes(plan)) this.#runs.delete(plan);
    const spare = [...this.#runs].filter(([plan]) => !inUse.includes(plan));
    let records = spare.reduce((sum, [, run]) => sum + run.trace.records, 0);
    for (const [plan, run] of spare) {
      if (records <= this.#mostRecords) return;
      this.#runs.delete(plan);
      records -= run.trace.records;
    }
  }
}
