/**
 * How long a machine's connections have held bytes behind a hole, all of them together: a sum that is kept without
 * anything of a socket's own.
 */
export class Holes {
  /** Times that a hole began. */
  count = 0;
  #open = 0;
  #sumUs = 0;

  /** Something has arrived behind a hole, on a connection that held nothing. */
  began(nowUs: number): void {
    this.count++;
    this.#open++;
    this.#sumUs -= nowUs;
  }

  /** A connection holds nothing any more: the hole is filled, or the connection is over. */
  ended(nowUs: number): void {
    this.#open--;
    this.#sumUs += nowUs;
  }

  /** µs up to now. */
  heldUs(nowUs: number): number {
    return this.#sumUs + this.#open * nowUs;
  }
}
