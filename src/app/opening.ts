import type { Trace } from '../trace/trace.ts';
import type { Player } from './player.ts';

/** What tells a moment worth seeing comes with the first records: before there is nothing to look for. */
let tellers: typeof import('./telling-moment.ts') | undefined;
let coming: Promise<void> | undefined;

/** Fails if the network is away, and may be asked again then. */
function bringTellers(): Promise<void> {
  coming ??= import('./telling-moment.ts').then(
    (loaded) => {
      tellers = loaded;
    },
    (error: unknown) => {
      coming = undefined;
      throw error;
    },
  );
  return coming;
}

/** Takes the playhead to a moment worth seeing as soon as one is known, unless a person has been at it by then. */
export class Opening {
  readonly #player: Player;
  readonly #shown: () => Trace;
  #wanted = false;

  /** @param shown the trace that is in view */
  constructor(player: Player, shown: () => Trace) {
    this.#player = player;
    this.#shown = shown;
  }

  want(on: boolean) {
    this.#wanted = on;
  }

  /** To be called whenever there is more of the trace. */
  look() {
    if (!this.#wanted || this.#player.playing) return;
    const trace = this.#shown();
    if (tellers === undefined) {
      if (trace.records > 0)
        void bringTellers().then(
          () => this.look(),
          () => this.want(false), // the run is shown from its beginning
        );
      return;
    }
    const moment = tellers.tellingMoment(trace);
    if (moment === null) return;
    this.#wanted = false;
    this.#player.seek(moment);
  }
}
