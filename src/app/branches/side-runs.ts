import type { Plan } from '../../engine/contract/plan.ts';
import { headerFor } from '../manifests.ts';
import { RunClient, type RunInPage, type WorkerLike } from '../worker/client.ts';
import { SecondTry } from '../worker/second-try.ts';

/** Simulates runs that are wanted beside the one that is shown, one after the other, in a worker of its own. */
export class SideRuns {
  readonly #client: RunClient;
  readonly #finished: (run: RunInPage) => void;
  readonly #secondTry = new SecondTry();
  #wanted: readonly Plan[] = [];
  #running: RunInPage | null = null;

  /** @param finished called with each run that is done, or that failed */
  constructor(spawn: () => WorkerLike, finished: (run: RunInPage) => void) {
    this.#client = new RunClient(spawn, (run) => this.#news(run));
    this.#finished = finished;
  }

  /** What is wanted now, the most wanted first; nothing else is worked on any more. */
  want(plans: readonly Plan[]): void {
    this.#wanted = plans;
    if (this.#running !== null && plans.includes(this.#running.plan)) return;
    if (this.#running !== null) this.#client.stop();
    const [plan] = plans;
    this.#running = plan === undefined ? null : this.#client.start(plan, headerFor(plan));
  }

  #news(run: RunInPage): void {
    if (run !== this.#running || run.state === 'simulating') return;
    this.#running = null;
    if (this.#secondTry.allows(run)) {
      this.want(this.#wanted);
      return;
    }
    this.#finished(run);
    if (this.#running === null) this.want(this.#wanted.filter((plan) => plan !== run.plan));
  }
}
