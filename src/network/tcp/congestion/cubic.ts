import { HZ } from '../constants.ts';
import type { CreateCongestion } from '../options.ts';
import { LossBased } from './loss-based.ts';

/** 717/1024: what remains of the window after a loss. */
const BETA = 717 / 1024;
/** C of the cubic function, 41/1024 per 10 · (1/1024 s)³ (`bic_scale`, `cube_rtt_scale`). */
const CUBE_SCALE = 410;
/** 2^40 / 410: (Wmax − W) times this is K³, K in 1/1024 s. */
const CUBE_FACTOR = Math.floor(2 ** 40 / 410);
/** 8 · (1 + β) / (3 · (1 − β)), in eighths: acknowledgements for one packet more of an AIMD flow with the same β. */
const FRIENDLY_SCALE = 15;

/** Window below which HyStart does not look, and its measures (`hystart_*` in tcp_cubic.c). */
const HYSTART_LOW_WINDOW = 16;
const HYSTART_SAMPLES = 8;
const HYSTART_ACK_GAP_US = 2000;
const HYSTART_DELAY_MIN_US = 4000;
const HYSTART_DELAY_MAX_US = 16_000;
/** `hystart_ack_delay`: allowance for segmentation offload, 1 ms at the rates of interest. */
const HYSTART_ACK_DELAY_US = 1000;

/** Slow start with HyStart, then CUBIC (RFC 9438, net/ipv4/tcp_cubic.c). */
class Cubic extends LossBased {
  #countForOne = 0;
  #lastMax = 0;
  #lastCwnd = 0;
  #lastTime = 0;
  #origin = 0;
  #k = 0;
  #delayMinUs = 0;
  /** Jiffies; 0: no epoch. */
  #epochStart = 0;
  #acked = 0;
  #friendlyCwnd = 0;

  #found = false;
  #roundStartUs = 0;
  #roundEnd = 0;
  #lastAckUs = 0;
  #roundRttUs = Number.POSITIVE_INFINITY;
  #samples = 0;

  /** `cubictcp_recalc_ssthresh`. */
  protected override reduced(): number {
    this.#epochStart = 0;
    // Fast convergence: a flow that did not get back to its last maximum leaves room for others.
    this.#lastMax = this.cwnd < this.#lastMax ? Math.floor((this.cwnd * (1 + BETA)) / 2) : this.cwnd;
    return Math.max(Math.floor(this.cwnd * BETA), 2);
  }

  /** A timeout: what was learned about the path no longer holds (`bictcp_reset`). */
  override onTimeout(): void {
    super.onTimeout();
    this.#countForOne = 0;
    this.#lastMax = 0;
    this.#lastCwnd = 0;
    this.#lastTime = 0;
    this.#origin = 0;
    this.#k = 0;
    this.#delayMinUs = 0;
    this.#epochStart = 0;
    this.#acked = 0;
    this.#friendlyCwnd = 0;
    this.#found = false;
    this.#resetRound();
  }

  /** The epoch does not count idleness (`cubictcp_cwnd_event_tx_start`). */
  override onTransmitStart(nowJiffies: number, idle: number): void {
    if (this.#epochStart === 0 || idle <= 0) return;
    this.#epochStart = Math.min(this.#epochStart + idle, nowJiffies);
  }

  /** Delay samples: the path's least delay, and HyStart (`cubictcp_acked`). */
  override onDelay(rttUs: number): void {
    if (this.#epochStart !== 0 && this.sender.nowJiffies - this.#epochStart < HZ) return;
    if (this.#delayMinUs === 0 || this.#delayMinUs > rttUs) this.#delayMinUs = Math.max(rttUs, 1);
    if (!this.#found && this.inSlowStart && this.cwnd >= HYSTART_LOW_WINDOW) {
      this.#hystart(rttUs);
    }
  }

  /** Ends slow start when a round's acknowledgements come in a train longer than half a delay, or later than before. */
  #hystart(rttUs: number): void {
    const { nowUs, una } = this.sender;
    if (una > this.#roundEnd) this.#resetRound();
    if (nowUs - this.#lastAckUs <= HYSTART_ACK_GAP_US) {
      this.#lastAckUs = nowUs;
      if (nowUs - this.#roundStartUs > (this.#delayMinUs + HYSTART_ACK_DELAY_US) / 2) this.#leaveSlowStart();
    }
    if (this.#roundRttUs > rttUs) this.#roundRttUs = rttUs;
    if (this.#samples < HYSTART_SAMPLES) {
      this.#samples++;
      return;
    }
    const eighth = this.#delayMinUs / 8;
    const allowed = Math.min(Math.max(eighth, HYSTART_DELAY_MIN_US), HYSTART_DELAY_MAX_US);
    if (this.#roundRttUs > this.#delayMinUs + allowed) this.#leaveSlowStart();
  }

  #leaveSlowStart(): void {
    this.#found = true;
    this.ssthresh = this.cwnd;
  }

  #resetRound(): void {
    const { nowUs, next } = this.sender;
    this.#roundStartUs = nowUs;
    this.#lastAckUs = nowUs;
    this.#roundEnd = next;
    this.#roundRttUs = Number.POSITIVE_INFINITY;
    this.#samples = 0;
  }

  /** `cubictcp_cong_avoid`. */
  protected override grow(acked: number): void {
    const rest = this.inSlowStart ? this.slowStart(acked) : acked;
    if (rest === 0) return;
    this.#update(rest, this.sender.nowJiffies);
    this.growByOneFor(this.#countForOne, rest);
  }

  /** How many acknowledged packets make the window one larger (`bictcp_update`). */
  #update(acked: number, nowJiffies: number): void {
    const cwnd = this.cwnd;
    this.#acked += acked;
    if (this.#lastCwnd === cwnd && nowJiffies - this.#lastTime <= HZ / 32) return;
    if (this.#epochStart === 0 || nowJiffies !== this.#lastTime) this.#followCube(cwnd, acked, nowJiffies);
    this.#followAimd(cwnd);
    this.#countForOne = Math.max(this.#countForOne, 2);
  }

  #followCube(cwnd: number, acked: number, nowJiffies: number): void {
    this.#lastCwnd = cwnd;
    this.#lastTime = nowJiffies;
    if (this.#epochStart === 0) {
      this.#epochStart = nowJiffies;
      this.#acked = acked;
      this.#friendlyCwnd = cwnd;
      this.#k = this.#lastMax <= cwnd ? 0 : cubeRoot(CUBE_FACTOR * (this.#lastMax - cwnd));
      this.#origin = Math.max(this.#lastMax, cwnd);
    }
    const t = Math.floor(
      ((nowJiffies - this.#epochStart + Math.ceil((this.#delayMinUs * HZ) / 1_000_000)) * 1024) / HZ,
    );
    const off = t - this.#k;
    const distance = off < 0 ? -off : off;
    const delta = Math.floor((CUBE_SCALE * distance * distance * distance) / 2 ** 40);
    const target = off < 0 ? this.#origin - delta : this.#origin + delta;
    this.#countForOne = target > cwnd ? Math.floor(cwnd / (target - cwnd)) : 100 * cwnd;
    // No loss yet: growing by 5 % a round trip does not wait for a plateau that nobody knows.
    if (this.#lastMax === 0 && this.#countForOne > 20) this.#countForOne = 20;
  }

  /** Never slower than an AIMD flow with the same reduction (RFC 9438 §4.3). */
  #followAimd(cwnd: number): void {
    const delta = (cwnd * FRIENDLY_SCALE) >> 3;
    while (delta > 0 && this.#acked > delta) {
      this.#acked -= delta;
      this.#friendlyCwnd++;
    }
    if (this.#friendlyCwnd > cwnd) {
      const most = Math.floor(cwnd / (this.#friendlyCwnd - cwnd));
      if (this.#countForOne > most) this.#countForOne = most;
    }
  }
}

/** For {@link StackOptions}. */
export const createCubic: CreateCongestion = (sender) => new Cubic(sender);

/** Cube root of an integer, by Newton's method; floating-point division and multiplication are exact everywhere. */
function cubeRoot(a: number): number {
  let x = 1;
  while (x * x * x < a) x *= 2;
  for (let i = 0; i < 40; i++) {
    const next = (2 * x + a / (x * x)) / 3;
    if (next >= x) break;
    x = next;
  }
  return Math.floor(x);
}
