import { firstIndex } from '../../trace/search.ts';
/** The items 0, 1, 2 … that a filter lets through, found once each, as far as they have been looked for. */
export class Matches {
  readonly #accepts: (item: number) => boolean;
  readonly #found: number[] = [];
  #read = 0;

  constructor(accepts: (item: number) => boolean) {
    this.#accepts = accepts;
  }

  /**
   * Looks on, up to `end` (exclusive).
   * @param most items to look at now: a search through words is shared out over frames
   * @returns whether it has come to the end
   */
  grow(end: number, most = Number.POSITIVE_INFINITY): boolean {
    const until = Math.min(end, this.#read + most);
    for (; this.#read < until; this.#read++) if (this.#accepts(this.#read)) this.#found.push(this.#read);
    return this.#read >= end;
  }

  /** How far it has looked. */
  get looked(): number {
    return this.#read;
  }

  at(index: number): number {
    return this.#found[index] as number;
  }

  /** How many of the items below `end` were let through; also the index of the first one at or after it. */
  countBelow(end: number): number {
    return firstIndex(this.#found, (item) => item >= end);
  }
}
