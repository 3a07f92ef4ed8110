import type { RunInPage } from './client.ts';

/** Which runs may be started again by themselves: a worker that is gone may have been unlucky, but only once a plan. */
export class SecondTry {
  readonly #tried = new WeakSet<RunInPage['plan']>();

  /** Whether to start this run again. Yes at most once for a plan. */
  allows({ state, crashed, plan }: RunInPage): boolean {
    if (state !== 'failed' || !crashed || this.#tried.has(plan)) return false;
    this.#tried.add(plan);
    return true;
  }
}
