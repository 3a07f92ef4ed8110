import { MIN_RTT_WINDOW_US, RTO_INITIAL, RTO_MAX, RTO_MIN_US } from './constants.ts';
import { toJiffies } from './jiffies.ts';

/**
 * Round-trip time: smoothed, its deviation, and the retransmission timeout (`tcp_rtt_estimator`, `tcp_set_rto`).
 * It differs from RFC 6298 in two ways that are measured: RTTVAR follows the largest deviation of a round trip, falling
 * by a quarter of the difference a round; and the floor of 200 ms is that of 4·RTTVAR, so RTO ≥ SRTT + 200 ms.
 */
export class Rtt {
  /** 8 · SRTT in µs; 0: no sample yet. */
  srtt8 = 0;
  /** Everything below is four deviations, in µs. */
  #deviation = 0;
  #deviationMax = 0;
  #variance = 0;
  #roundEnd = 0;
  /** RTO in jiffies, backed off. */
  rto = RTO_INITIAL;
  /** Least RTT of the last 300 s, µs; Infinity: none. */
  min = Number.POSITIVE_INFINITY;
  #minAtUs = 0;

  get srttUs(): number {
    return this.srtt8 / 8;
  }

  /**
   * Takes a sample; ends any backoff.
   * @param una first byte not acknowledged, after the acknowledgement that brings the sample
   * @param next first byte not sent: the round ends when it is acknowledged
   */
  sample(us: number, una: number, next: number): void {
    let m = us;
    if (this.srtt8 === 0) {
      this.srtt8 = m * 8;
      this.#deviation = m * 2;
      this.#variance = Math.max(this.#deviation, RTO_MIN_US);
      this.#deviationMax = this.#variance;
      this.#roundEnd = next;
    } else {
      m -= Math.floor(this.srtt8 / 8);
      this.srtt8 = Math.max(1, this.srtt8 + m);
      if (m < 0) {
        // A shorter RTT raises the deviation eight times less, lest a queue that empties should raise RTO.
        m = -m - Math.floor(this.#deviation / 4);
        if (m > 0) m = Math.floor(m / 8);
      } else {
        m -= Math.floor(this.#deviation / 4);
      }
      this.#deviation += m;
      if (this.#deviation > this.#deviationMax) {
        this.#deviationMax = this.#deviation;
        if (this.#deviationMax > this.#variance) this.#variance = this.#deviationMax;
      }
      if (una > this.#roundEnd) {
        if (this.#deviationMax < this.#variance) {
          this.#variance -= Math.floor((this.#variance - this.#deviationMax) / 4);
        }
        this.#roundEnd = next;
        this.#deviationMax = RTO_MIN_US;
      }
    }
    this.rto = Math.min(toJiffies(Math.floor(this.srtt8 / 8) + this.#variance), RTO_MAX);
  }

  /** `tcp_update_rtt_min`. */
  sampleMin(us: number, nowUs: number): void {
    if (us <= this.min || nowUs - this.#minAtUs > MIN_RTT_WINDOW_US) {
      this.min = Math.max(us, 1);
      this.#minAtUs = nowUs;
    }
  }

  backOff(): void {
    this.rto = Math.min(this.rto * 2, RTO_MAX);
  }
}
