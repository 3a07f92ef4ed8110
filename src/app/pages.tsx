import type { ReactNode } from 'react';
import { isPreset } from './address.ts';
import { type OpenCompare, openCompare } from './compare/open.tsx';
import type { Controller } from './controller.ts';
import { afterOpening } from './later.ts';
import { openPlay, showPlay } from './open-play.tsx';
import { type PageName, pageOf } from './routes.ts';

/** Shows the page that the address asks for. Each is opened once, and stays as it was left. */
export class Pages {
  readonly #show: (page: ReactNode) => void;
  #play: Controller | null;
  #compare: OpenCompare | null = null;
  #current: PageName | null;

  /** @param play Play, if it is what is shown now */
  constructor(show: (page: ReactNode) => void, play: Controller | null) {
    this.#show = show;
    this.#play = play;
    this.#current = play === null ? null : 'play';
  }

  async goTo(hash: string): Promise<void> {
    const page = pageOf(hash);
    const known = page === 'play' ? this.#play : (this.#compare?.controller ?? null);
    if (page === this.#current) {
      await known?.addressChanged();
      return;
    }
    this.#leave();
    this.#current = page;
    if (known === null) await this.#open(page, hash);
    // A bare address means the page as it was left.
    else if (hash.includes('?')) await known.addressChanged();
    else await known.comeBack();
    if (this.#current !== page) return; // somebody was faster
    if (page === 'play' && this.#play !== null) showPlay(this.#play, this.#show);
    else if (this.#compare !== null) {
      this.#compare.exposeHook();
      this.#show(this.#compare.element);
    }
  }

  #leave(): void {
    if (this.#current === 'play') this.#play?.leave();
    else this.#compare?.controller.leave();
  }

  async #open(page: PageName, hash: string): Promise<void> {
    if (page === 'play') {
      this.#play = await openPlay(hash, () => {});
      return;
    }
    this.#compare = await openCompare(hash, this.#shownInPlay());
    if (this.#play === null) void afterOpening();
  }

  #shownInPlay() {
    if (this.#play === null) return null;
    const { scenario, preset } = this.#play.store.getState();
    return { scenario, preset: preset !== null && isPreset(scenario, preset) ? preset : null };
  }
}
