interface Gap {
  offset: number;
  /** The first message that was turned away because of it; -1: none yet. */
  turnedAway: number;
}

/**
 * Messages that the application could not process, by ordering key. One that cares for order turns away what comes
 * behind such a message until that is here again, as the service will send all of it again anyway.
 */
export class Failing {
  readonly #gaps = new Map<number, Gap>();

  failed(key: number, offset: number): void {
    this.#gaps.set(key, { offset, turnedAway: -1 });
  }

  /** Whether a message has to wait for one before it. */
  mustWait(key: number, offset: number): boolean {
    const gap = this.#gaps.get(key);
    if (gap === undefined) return false;
    // What comes back first was turned away first: the message before it went to the dead-letter topic.
    if (offset <= gap.offset || offset === gap.turnedAway) {
      this.#gaps.delete(key);
      return false;
    }
    if (gap.turnedAway < 0) gap.turnedAway = offset;
    return true;
  }
}
