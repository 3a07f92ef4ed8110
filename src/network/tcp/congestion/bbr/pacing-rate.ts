import { MSS } from '../../constants.ts';
import type { Sender } from '../../sender.ts';
import type { PathModel } from './path-model.ts';

/** 2/ln 2: doubles the rate each round trip. */
export const HIGH_GAIN = 739 / 256;
const MARGIN = 0.99;

/** Below this rate, bytes/s, segments leave one by one. */
const ONE_SEGMENT_RATE = 150_000;
/** `sk_pacing_shift`: a burst is what a millisecond at the pacing rate holds, 64 kB at most. */
const BURST_S = 1 / 1024;
const BURST_MOST = 65_536;

/** How fast BBR sends, and in what bursts. */
export class PacingRate {
  /** Bytes a µs. */
  value = Number.POSITIVE_INFINITY;
  readonly #sender: Sender;
  readonly #path: PathModel;
  #hasRtt = false;

  constructor(sender: Sender, path: PathModel) {
    this.#sender = sender;
    this.#path = path;
  }

  /** `bbr_set_pacing_rate`: while the pipe is not full the rate only grows. */
  set(gain: number): void {
    if (!this.#hasRtt && this.#sender.rtt.srtt8 > 0) this.begin();
    const value = this.#path.bandwidth * MSS * gain * MARGIN;
    if (this.#path.full || value > this.value) this.value = value;
  }

  /** Before anything is known: the window in a round trip, or in 1 ms (`bbr_init_pacing_rate_from_rtt`). */
  begin(): void {
    const { rtt, congestion } = this.#sender;
    this.#hasRtt = rtt.srtt8 > 0;
    const roundUs = this.#hasRtt ? Math.max(rtt.srttUs, 1) : 1000;
    this.value = (congestion.cwnd / roundUs) * MSS * HIGH_GAIN * MARGIN;
  }

  /** Segments that leave in one go (`bbr_tso_segs_goal`). */
  get burst(): number {
    const perSecond = this.value * 1_000_000;
    const least = perSecond < ONE_SEGMENT_RATE ? 1 : 2;
    return Math.max(Math.floor(Math.min(perSecond * BURST_S, BURST_MOST) / MSS), least);
  }
}
