import type { Plan } from '../engine/contract/plan.ts';
import { headerFor } from './manifests.ts';
import type { Player } from './player.ts';
import { RunClient, type RunInPage, type WorkerLike } from './worker/client.ts';
import { SecondTry } from './worker/second-try.ts';

/** A run that was started for a change is replaced by one for a newer change after this time at the earliest. */
const PATIENCE_MS = 150;

/**
 * Which run is shown. A changed scenario is simulated anew from the start, while the picture of the run before stays
 * until the new one has come to the playhead: what lies before the change is the same, so nothing flickers.
 */
export class Runs {
  readonly #client: RunClient;
  readonly #player: Player;
  readonly #changed: () => void;
  readonly #startedAgain: (failure: string) => void;
  readonly #secondTry = new SecondTry();
  #shown: RunInPage | null = null;
  #coming: RunInPage | null = null;
  #comingSinceMs = 0;
  #queued: Plan | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param changed called when another run is shown, and for each piece of news of the one that is
   * @param startedAgain called when the simulation has crashed and begins again by itself
   */
  constructor(
    spawn: () => WorkerLike,
    player: Player,
    changed: () => void,
    startedAgain: (failure: string) => void,
  ) {
    this.#startedAgain = startedAgain;
    this.#client = new RunClient(spawn, (run) => this.#news(run));
    this.#player = player;
    this.#changed = changed;
  }

  get shown(): RunInPage | null {
    return this.#shown;
  }

  /** The run that was asked for last: the one shown, or the one that is on its way. */
  get latest(): RunInPage | null {
    return this.#coming ?? this.#shown;
  }

  /** Whether a newer scenario than the one shown is being worked on. */
  get pending(): boolean {
    return this.#coming !== null || this.#queued !== null;
  }

  /**
   * Simulates a plan.
   * @param fresh another scenario altogether: its empty stage is shown at once, instead of the old run
   */
  start(plan: Plan, fresh: boolean): void {
    const patienceMs = this.#coming === null ? 0 : this.#comingSinceMs + PATIENCE_MS - performance.now();
    clearTimeout(this.#timer);
    if (patienceMs > 0 && !fresh) {
      this.#queued = plan; // a slider in motion: one run at a time, and the last word counts
      this.#timer = setTimeout(() => this.start(plan, false), patienceMs);
      return;
    }
    this.#queued = null;
    const run = this.#client.start(plan, headerFor(plan));
    if (fresh || this.#shown === null) this.#show(run);
    else {
      this.#coming = run;
      this.#comingSinceMs = performance.now();
    }
  }

  /** Shows a run that is there already; whatever is under way is given up. */
  show(run: RunInPage): void {
    clearTimeout(this.#timer);
    this.#queued = null;
    this.#client.stop();
    this.#show(run);
  }

  /** Ends the simulation where it is. */
  halt(): void {
    clearTimeout(this.#timer);
    if (this.#queued !== null) this.#coming = this.#client.start(this.#queued, headerFor(this.#queued));
    this.#queued = null;
    this.#client.halt();
  }

  #news(run: RunInPage): void {
    if (this.#secondTry.allows(run)) {
      this.#startAgain(run);
      return;
    }
    if (run === this.#coming) {
      const there = run.trace.knownUntilUs >= this.#player.nowUs || run.state !== 'simulating';
      if (!there) return;
    }
    this.#show(run);
    if (this.#queued !== null) this.start(this.#queued, false);
  }

  /** What was simulated stays in view until the new run has come as far as the playhead. */
  #startAgain(run: RunInPage): void {
    const { plan, failure } = run;
    if (run === this.#shown) run.state = 'simulating';
    run.failure = null;
    this.#coming = null;
    this.start(this.#queued ?? plan, false);
    this.#startedAgain(failure ?? '');
  }

  #show(run: RunInPage): void {
    this.#coming = null;
    this.#shown = run;
    this.#player.extent(run.trace.knownUntilUs, run.trace.header?.endUs ?? 0);
    this.#changed();
  }
}
