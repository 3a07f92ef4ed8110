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
  readonly #momentOf: () => number | null;
  #wanted = false;

  /** @param momentOf the moment, µs, as far as it is known by now; null: it cannot be told yet */
  constructor(player: Player, momentOf: () => number | null) {
    this.#player = player;
    this.#momentOf = momentOf;
  }

  want(on: boolean) {
    this.#wanted = on;
  }

  /** To be called whenever there is more of what is shown. */
  look() {
    if (!this.#wanted || this.#player.playing) return;
    const moment = this.#momentOf();
    if (moment === null) return;
    this.#wanted = false;
    this.#player.seek(moment);
  }
}

/** An opening of one run. @param shown the trace that is in view */
export function openingOf(player: Player, shown: () => Trace): Opening {
  const opening = new Opening(player, () => {
    const trace = shown();
    if (tellers !== undefined) return tellers.tellingMoment(trace);
    if (trace.records > 0)
      void bringTellers().then(
        () => opening.look(),
        () => opening.want(false), // the run is shown from its beginning
      );
    return null;
  });
  return opening;
}
