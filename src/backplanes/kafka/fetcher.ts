import type { Actor, Place, Role } from '../../engine/contract/place.ts';
import { fetcherMachine } from './fetcher.machine.ts';

/** What a fetcher is for. */
export interface Fetching {
  /** Asks, and tells `done` how it went. @returns whether there was anything to ask for */
  ask(done: (ok: boolean) => void): boolean;
}

/** One loop of fetches. */
export class Fetcher {
  readonly #actor: Actor;
  readonly #fetching: Fetching;

  /** @param backoffMs after a fetch that failed */
  constructor(place: Place, fetching: Fetching, backoffMs: number) {
    this.#fetching = fetching;
    this.#actor = place.start<Fetcher>('fetcher', this, { backoffMs });
  }

  /** There may be something to ask for. */
  wake(): void {
    this.#actor.send({ type: 'wake' });
  }

  ask(): void {
    const asked = this.#fetching.ask((ok) => this.#actor.send({ type: ok ? 'answered' : 'failed' }));
    if (!asked) this.#actor.send({ type: 'nothing' });
  }
}

export const FETCHER_ROLE: Role = {
  machine: fetcherMachine,
  effects: { ask: (fetcher: Fetcher) => fetcher.ask() },
};
