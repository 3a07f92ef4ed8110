import { INITIAL_CWND } from '../../constants.ts';
import type { Sender } from '../../sender.ts';
import type { DeliveryRate, RateSample } from '../delivery-rate.ts';
import { AckAggregation } from './ack-aggregation.ts';
import { Policer } from './policer.ts';
import { WindowedMax } from './windowed-max.ts';

const BANDWIDTH_ROUNDS = 10;
const MIN_RTT_WINDOW_US = 10_000_000;

/** The pipe is full when three rounds did not bring a quarter more. */
const FULL_GROWTH = 5 / 4;
const FULL_ROUNDS = 3;

/** What BBR takes the path to be like (`bbr_update_model`). Bandwidths in packets/µs. */
export class PathModel {
  minRttUs = Number.POSITIVE_INFINITY;
  minRttAtUs = 0;
  /** The pipe has been full: what was found then is what the path can do. */
  full = false;
  /** A round has just begun. It is counted in packets: one ends when something sent after its beginning is delivered. */
  roundStart = false;

  readonly #sender: Sender;
  readonly #rate: DeliveryRate;
  readonly #max = new WindowedMax(BANDWIDTH_ROUNDS);
  readonly #policer: Policer;
  readonly #lumps = new AckAggregation();
  #rounds = 0;
  #roundEndDelivered = 0;
  #fullBandwidth = 0;
  #fullRounds = 0;

  constructor(sender: Sender, rate: DeliveryRate) {
    this.#sender = sender;
    this.#rate = rate;
    this.#policer = new Policer(sender, rate);
  }

  get maxBandwidth(): number {
    return this.#max.value;
  }

  get policed(): boolean {
    return this.#policer.found;
  }

  get bandwidth(): number {
    return this.#policer.found ? this.#policer.bandwidth : this.#max.value;
  }

  begin(): void {
    const now = this.#sender.nowUs;
    this.minRttUs = this.#sender.rtt.min;
    this.minRttAtUs = now;
    this.#lumps.begin(now);
  }

  beginRound(): void {
    this.#roundEndDelivered = this.#sender.delivered;
  }

  /** Sending starts again after idleness. */
  restart(): void {
    this.#lumps.begin(this.#sender.nowUs);
  }

  /** A timeout: taken for the end of a round. @returns as {@link update} */
  onTimeout(isProbing: boolean): boolean {
    this.#fullBandwidth = 0;
    this.roundStart = true;
    return this.#policer.sample(1, false, true, isProbing);
  }

  /** Nothing was lost: that the rate did not grow says nothing. */
  undo(): void {
    this.#fullBandwidth = 0;
    this.#fullRounds = 0;
    this.#policer.reset();
  }

  /** @param isProbing whether the mode is PROBE_BW @returns whether a policer that was found is given up */
  update(sample: RateSample, cwnd: number, isProbing: boolean): boolean {
    this.roundStart = false;
    if (sample.delivered < 0 || sample.intervalUs <= 0) return false;
    if (sample.priorDelivered >= this.#roundEndDelivered) {
      this.#roundEndDelivered = this.#sender.delivered;
      this.#rounds++;
      this.roundStart = true;
    }
    const givenUp = this.#policer.sample(sample.lost, sample.appLimited, this.roundStart, isProbing);
    const bandwidth = sample.delivered / sample.intervalUs;
    // What the application held back says how fast it is, not how fast the path.
    if (!sample.appLimited || bandwidth >= this.#max.value) this.#max.add(this.#rounds, bandwidth);
    if (sample.acked > 0) {
      this.#lumps.add(sample.acked, this.#rate.deliveredAtUs, this.bandwidth, cwnd, this.roundStart);
    }
    this.#lookWhetherFull(sample);
    return givenUp;
  }

  #lookWhetherFull(sample: RateSample): void {
    if (this.full || !this.roundStart || sample.appLimited) return;
    if (this.#max.value >= this.#fullBandwidth * FULL_GROWTH) {
      this.#fullBandwidth = this.#max.value;
      this.#fullRounds = 0;
      return;
    }
    this.full = ++this.#fullRounds >= FULL_ROUNDS;
  }

  /** @returns whether the least round trip that was known is older than it may be */
  noteRtt({ rttUs, mayBeDelayed }: RateSample): boolean {
    const now = this.#sender.nowUs;
    const expired = now > this.minRttAtUs + MIN_RTT_WINDOW_US;
    if (rttUs >= 0 && (rttUs <= this.minRttUs || (expired && !mayBeDelayed))) {
      this.minRttUs = rttUs;
      this.minRttAtUs = now;
    }
    return expired;
  }

  /** The bandwidth-delay product times a gain, rounded up (`bbr_bdp`). */
  pipe(bandwidth: number, gain: number): number {
    if (this.minRttUs === Number.POSITIVE_INFINITY) return INITIAL_CWND;
    return Math.ceil(bandwidth * this.minRttUs * gain);
  }

  /** Packets to leave room for, because acknowledgements come in lumps. */
  get lumpAllowance(): number {
    return this.full ? this.#lumps.allowance(this.bandwidth) : 0;
  }
}
