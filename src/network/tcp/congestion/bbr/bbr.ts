import { INITIAL_CWND } from '../../constants.ts';
import type { CreateCongestion } from '../../options.ts';
import type { Sender } from '../../sender.ts';
import { CA } from '../../states.ts';
import type { RateSample } from '../delivery-rate.ts';
import { RateBased } from '../rate-based.ts';
import { HIGH_GAIN, PacingRate } from './pacing-rate.ts';
import { PathModel } from './path-model.ts';

const MODE = { STARTUP: 0, DRAIN: 1, PROBE_BW: 2, PROBE_RTT: 3 } as const;

const DRAIN_GAIN = 88 / 256;
const CWND_GAIN = 2;
/** One round trip each: ask for more, give back what that piled up, then cruise. */
const CYCLE = [5 / 4, 3 / 4, 1, 1, 1, 1, 1, 1];
/** The cycle begins anywhere but where it gives back. */
const CYCLE_RANDOM = 7;
const CWND_LEAST = 4;

const PROBE_RTT_US = 200_000;

/**
 * BBR (version 1; Cardwell et al., "BBR: Congestion-Based Congestion Control", ACM Queue 14(5), 2016; net/ipv4/tcp_bbr.c
 * of Linux 6.18): models the path by the largest delivery rate of ten rounds and the least round-trip time of ten seconds,
 * and paces at that rate with twice that much in flight. A loss is not a signal that the path is full: after a round of
 * caution the window is what it was. Rates in packets/µs.
 */
class Bbr extends RateBased {
  readonly #path: PathModel;
  readonly #pacing: PacingRate;
  #mode: number = MODE.STARTUP;
  #pacingGain = HIGH_GAIN;
  #cwndGain = HIGH_GAIN;

  #probeRttDoneUs = 0;
  #probeRttRoundDone = false;
  #cycle = 0;
  #cycleAtUs = 0;
  #restarting = false;
  #lastState: number = CA.OPEN;
  #conserving = false;
  #priorCwnd = 0;

  constructor(sender: Sender) {
    super(sender);
    this.#path = new PathModel(sender, this.rate);
    this.#pacing = new PacingRate(sender, this.#path);
  }

  override get pacingRate(): number {
    return this.#pacing.value;
  }

  override get burst(): number {
    return this.#pacing.burst;
  }

  /** `bbr_init`. */
  override start(): void {
    this.#path.begin();
    this.#pacing.begin();
  }

  /** `bbr_ssthresh`: remembers the window, which comes back when the recovery is over. */
  override onLoss(): number {
    this.#saveCwnd();
    return this.ssthresh;
  }

  /** `bbr_set_state`. */
  override onTimeout(): void {
    this.#lastState = CA.LOSS;
    if (this.#path.onTimeout(this.#mode === MODE.PROBE_BW)) this.#probeBandwidth();
  }

  /** `bbr_undo_cwnd`. */
  override undo(): number {
    this.#path.undo();
    return this.cwnd;
  }

  /** `bbr_cwnd_event`. */
  override onTransmitStart(): void {
    if (!this.rate.appLimited) return;
    this.#restarting = true;
    this.#path.restart();
    if (this.#mode === MODE.PROBE_BW) this.#pacing.set(1);
    else if (this.#mode === MODE.PROBE_RTT) this.#endProbeRtt();
  }

  /** `bbr_main`. */
  protected override onSample(sample: RateSample): void {
    const path = this.#path;
    if (path.update(sample, this.cwnd, this.#mode === MODE.PROBE_BW)) this.#probeBandwidth();
    if (path.roundStart) this.#conserving = false;
    if (this.#mode === MODE.PROBE_BW && this.#isPhaseOver(sample)) this.#nextPhase();
    this.#drain();
    this.#updateMinRtt(sample);
    this.#setGains();
    this.#pacing.set(this.#pacingGain);
    this.#setCwnd(sample);
  }

  #updateMinRtt(sample: RateSample): void {
    const expired = this.#path.noteRtt(sample);
    if (expired && !this.#restarting && this.#mode !== MODE.PROBE_RTT) {
      this.#mode = MODE.PROBE_RTT;
      this.#saveCwnd();
      this.#probeRttDoneUs = 0;
    }
    if (this.#mode === MODE.PROBE_RTT) this.#probeRtt();
    if (sample.delivered > 0) this.#restarting = false;
  }

  /** At most four packets in flight for 200 ms and a round, so that the queue at the bottleneck is gone. */
  #probeRtt(): void {
    const { sender } = this;
    this.rate.limitByApp();
    if (this.#probeRttDoneUs === 0) {
      if (sender.queue.inFlight > CWND_LEAST) return;
      this.#probeRttDoneUs = sender.nowUs + PROBE_RTT_US;
      this.#probeRttRoundDone = false;
      this.#path.beginRound();
      return;
    }
    if (this.#path.roundStart) this.#probeRttRoundDone = true;
    if (this.#probeRttRoundDone) this.#endProbeRtt();
  }

  #endProbeRtt(): void {
    const now = this.sender.nowUs;
    if (this.#probeRttDoneUs === 0 || now <= this.#probeRttDoneUs) return;
    this.#path.minRttAtUs = now;
    this.cwnd = Math.max(this.cwnd, this.#priorCwnd);
    if (this.#path.full) this.#probeBandwidth();
    else this.#mode = MODE.STARTUP;
  }

  // What follows from it

  #setGains(): void {
    switch (this.#mode) {
      case MODE.STARTUP:
        this.#pacingGain = HIGH_GAIN;
        this.#cwndGain = HIGH_GAIN;
        break;
      case MODE.DRAIN:
        this.#pacingGain = DRAIN_GAIN;
        this.#cwndGain = HIGH_GAIN;
        break;
      case MODE.PROBE_BW:
        this.#pacingGain = this.#path.policed ? 1 : (CYCLE[this.#cycle] as number);
        this.#cwndGain = CWND_GAIN;
        break;
      default:
        this.#pacingGain = 1;
        this.#cwndGain = 1;
    }
  }

  #isPhaseOver(sample: RateSample): boolean {
    const isFullLength = this.rate.deliveredAtUs - this.#cycleAtUs > this.#path.minRttUs;
    const gain = this.#pacingGain;
    if (gain === 1) return isFullLength;
    const inFlight = this.#inNetworkThen(sample.priorInFlight);
    const bandwidth = this.#path.maxBandwidth;
    if (gain > 1) return isFullLength && (sample.lost > 0 || inFlight >= this.#inFlightFor(bandwidth, gain));
    return isFullLength || inFlight <= this.#inFlightFor(bandwidth, 1);
  }

  #nextPhase(): void {
    this.#cycle = (this.#cycle + 1) % CYCLE.length;
    this.#cycleAtUs = this.rate.deliveredAtUs;
  }

  #probeBandwidth(): void {
    this.#mode = MODE.PROBE_BW;
    this.#cycle = CYCLE.length - 1 - this.sender.host.random('bbr').integer(CYCLE_RANDOM);
    this.#nextPhase();
  }

  #drain(): void {
    const bandwidth = this.#path.maxBandwidth;
    if (this.#mode === MODE.STARTUP && this.#path.full) {
      this.#mode = MODE.DRAIN;
      this.ssthresh = this.#inFlightFor(bandwidth, 1);
    }
    if (
      this.#mode === MODE.DRAIN &&
      this.#inNetworkThen(this.sender.queue.inFlight) <= this.#inFlightFor(bandwidth, 1)
    ) {
      this.#probeBandwidth();
    }
  }

  /** What will be in the network when the next segment may leave (`bbr_packets_in_net_at_edt`). */
  #inNetworkThen(inFlight: number): number {
    const waitUs = Math.max(0, this.sender.pacedUntilUs - this.sender.nowUs);
    const then = inFlight + (this.#pacingGain > 1 ? this.burst : 0);
    return Math.max(0, then - Math.floor(this.#path.bandwidth * waitUs));
  }

  /** With room for what stands in the hosts (`bbr_quantization_budget`). */
  #withBudget(cwnd: number): number {
    const budget = (cwnd + 3 * this.burst + 1) & ~1;
    return this.#mode === MODE.PROBE_BW && this.#cycle === 0 ? budget + 2 : budget;
  }

  #inFlightFor(bandwidth: number, gain: number): number {
    return this.#withBudget(this.#path.pipe(bandwidth, gain));
  }

  /** `bbr_set_cwnd`. */
  #setCwnd(sample: RateSample): void {
    if (sample.acked > 0) {
      this.#followState(sample);
      if (!this.#conserving) this.#growTowardTarget(sample.acked);
    }
    if (this.#mode === MODE.PROBE_RTT) this.cwnd = Math.min(this.cwnd, CWND_LEAST);
  }

  #growTowardTarget(acked: number): void {
    const target = this.#withBudget(
      this.#path.pipe(this.#path.bandwidth, this.#cwndGain) + this.#path.lumpAllowance,
    );
    if (this.#path.full) this.cwnd = Math.min(this.cwnd + acked, target);
    else if (this.cwnd < target || this.sender.delivered < INITIAL_CWND) this.cwnd += acked;
    this.cwnd = Math.max(this.cwnd, CWND_LEAST);
  }

  /** The first round of a recovery sends as much as arrives; after it, the window of before is back. */
  #followState(sample: RateSample): void {
    const { sender } = this;
    const { ca } = sender;
    const before = this.#lastState;
    if (sample.lost > 0) this.cwnd = Math.max(this.cwnd - sample.lost, 1);
    if (ca === CA.RECOVERY && before !== CA.RECOVERY) {
      this.#conserving = true;
      this.#path.beginRound();
      this.cwnd = sender.queue.inFlight + sample.acked;
    } else if (before >= CA.RECOVERY && ca < CA.RECOVERY) {
      this.cwnd = Math.max(this.cwnd, this.#priorCwnd);
      this.#conserving = false;
    }
    this.#lastState = ca;
    if (this.#conserving) this.cwnd = Math.max(this.cwnd, sender.queue.inFlight + sample.acked);
  }

  #saveCwnd(): void {
    this.#priorCwnd =
      this.#lastState < CA.RECOVERY && this.#mode !== MODE.PROBE_RTT
        ? this.cwnd
        : Math.max(this.#priorCwnd, this.cwnd);
  }
}

/** For {@link StackOptions}. */
export const createBbr: CreateCongestion = (sender) => new Bbr(sender);
