/** Rounds over which the largest lump counts, and how much of a second it may be. */
const ROUNDS = 5;
const MOST_US = 100_000;

/**
 * Acknowledgements that come in lumps (`bbr_update_ack_aggregation`): what came beyond the rate must find room in the
 * window, or the sender stands still between the lumps.
 */
export class AckAggregation {
  /** The largest lump of these rounds and of those before. */
  readonly #most = [0, 0];
  #now = 0;
  #rounds = 0;
  #acked = 0;
  #atUs = 0;

  /** A new epoch: what came before does not count. */
  begin(atUs: number): void {
    this.#atUs = atUs;
    this.#acked = 0;
  }

  /**
   * @param acked packets, newly @param atUs when @param bandwidth packets/µs
   * @param cwnd the most that a lump can be @param roundStart whether a round begins
   */
  add(acked: number, atUs: number, bandwidth: number, cwnd: number, roundStart: boolean): void {
    if (roundStart && ++this.#rounds >= ROUNDS) {
      this.#rounds = 0;
      this.#now = 1 - this.#now;
      this.#most[this.#now] = 0;
    }
    let expected = Math.floor(bandwidth * (atUs - this.#atUs));
    if (this.#acked <= expected) {
      this.begin(atUs);
      expected = 0;
    }
    this.#acked += acked;
    const extra = Math.min(this.#acked - expected, cwnd);
    if (extra > (this.#most[this.#now] as number)) this.#most[this.#now] = extra;
  }

  /** Packets to leave room for. */
  allowance(bandwidth: number): number {
    return Math.min(Math.max(...this.#most), Math.floor(bandwidth * MOST_US));
  }
}
