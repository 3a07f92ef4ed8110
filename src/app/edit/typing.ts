/** Keystrokes made while time stands still are so far apart. */
const APART_US = 40_000;

/** Says when each keystroke of a person falls. */
export class Typist {
  #lastUs = -1;
  #nowUs = -1;

  /**
   * While time passes a key falls where the playhead is; while it stands still the first falls there, too, and each
   * further one a little later.
   * @returns µs, within the run
   */
  next(nowUs: number, playing: boolean, endUs: number): number {
    const again = !playing && nowUs === this.#nowUs;
    this.#lastUs = Math.min(endUs, again ? this.#lastUs + APART_US : nowUs);
    return this.#lastUs;
  }

  /** The keystroke was taken, and the playhead stands here now. */
  taken(nowUs: number): void {
    this.#nowUs = nowUs;
  }
}
