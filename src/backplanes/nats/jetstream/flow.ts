/** How much a consumer may push ahead of its client at most: `JsFlowControlMaxPending`; it begins with a 16th. */
const LIMIT_BYTES = 33_554_432;

/** Flow control of a consumer that pushes (consumer.go, `needFlowControl`, `processFlowControl`). */
export class Flow {
  #window = LIMIT_BYTES / 16;
  #underWay = 0;
  #asked = 0;

  /** Whether more may be under way. */
  get open(): boolean {
    return this.#underWay <= this.#window;
  }

  /**
   * So much more is under way. When it is half of what may be, the client is asked to say when it has come so far.
   * @returns the bytes that it is asked about; 0: nothing is asked
   */
  sent(bytes: number): number {
    this.#underWay += bytes;
    if (this.#asked > 0 || this.#underWay <= this.#window / 2) return 0;
    this.#asked = this.#underWay;
    return this.#asked;
  }

  /** The client has come so far: twice as much may be under way. @returns whether that was what it was asked last */
  answered(bytes: number): boolean {
    if (bytes !== this.#asked) return false;
    this.#window = Math.min(this.#window * 2, LIMIT_BYTES);
    this.#underWay -= bytes;
    this.#asked = 0;
    return true;
  }
}
