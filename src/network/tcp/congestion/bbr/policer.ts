import { MSS } from '../../constants.ts';
import type { Sender } from '../../sender.ts';
import type { DeliveryRate } from '../delivery-rate.ts';

/** Rounds of an interval, the share lost in it, how alike two intervals are, and for how many rounds they count. */
const ROUNDS_LEAST = 4;
const LOSS = 50 / 256;
const ALIKE = 1 / 8;
const ALIKE_BYTES = 500;
const ROUNDS_KEPT = 48;

/**
 * Finds a policer, which drops what goes beyond a rate without any queue to show it (`bbr_lt_bw_sampling`): two intervals
 * with much loss and the same rate.
 */
export class Policer {
  /** The rate that was found, packets/µs; 0: none. */
  bandwidth = 0;
  found = false;
  readonly #sender: Sender;
  readonly #rate: DeliveryRate;
  #sampling = false;
  #rounds = 0;
  #delivered = 0;
  #lost = 0;
  #atMs = 0;

  constructor(sender: Sender, rate: DeliveryRate) {
    this.#sender = sender;
    this.#rate = rate;
  }

  /** @returns whether what was found before has just been given up */
  sample(lost: number, appLimited: boolean, roundStart: boolean, isProbing: boolean): boolean {
    if (this.found) {
      if (!isProbing || !roundStart || ++this.#rounds < ROUNDS_KEPT) return false;
      this.reset();
      return true;
    }
    if (!this.#sampling) {
      // The first loss shows that the policer's tokens are used up.
      if (lost === 0) return false;
      this.#begin();
      this.#sampling = true;
    }
    if (appLimited) {
      this.reset();
      return false;
    }
    if (roundStart) this.#rounds++;
    if (this.#rounds < ROUNDS_LEAST) return false;
    if (this.#rounds > 4 * ROUNDS_LEAST) this.reset();
    else if (lost > 0) this.#judge();
    return false;
  }

  reset(): void {
    this.bandwidth = 0;
    this.found = false;
    this.#sampling = false;
    this.#begin();
  }

  #judge(): void {
    const sender = this.#sender;
    const delivered = sender.delivered - this.#delivered;
    if (delivered === 0 || sender.lost - this.#lost < LOSS * delivered) return;
    const tookMs = toMs(this.#rate.deliveredAtUs) - this.#atMs;
    if (tookMs < 1) return;
    const bandwidth = delivered / (tookMs * 1000);
    const before = this.bandwidth;
    const difference = Math.abs(bandwidth - before);
    if (before > 0 && (difference <= ALIKE * before || difference * MSS * 1_000_000 <= ALIKE_BYTES)) {
      this.bandwidth = (bandwidth + before) / 2;
      this.found = true;
      this.#rounds = 0;
      return;
    }
    this.bandwidth = bandwidth;
    this.#begin();
  }

  #begin(): void {
    const sender = this.#sender;
    this.#atMs = toMs(this.#rate.deliveredAtUs);
    this.#delivered = sender.delivered;
    this.#lost = sender.lost;
    this.#rounds = 0;
  }
}

/** Intervals are measured in whole ms. */
function toMs(us: number): number {
  return Math.floor(us / 1000);
}
