import { FLAG } from '../flags.ts';
import type { Sent } from '../send-queue.ts';
import type { Sender } from '../sender.ts';
import { CA } from '../states.ts';
import type { Congestion } from './congestion.ts';

/**
 * A congestion control to which a loss says that the path is full: all that Linux does for those that have no
 * `cong_control`. What is left to each is how the window grows, and what remains of it after a loss.
 */
export abstract class LossBased implements Congestion {
  cwnd: number;
  ssthresh = Number.POSITIVE_INFINITY;
  protected readonly sender: Sender;
  /** Acknowledged packets that count towards the next increase (`snd_cwnd_cnt`). */
  #count = 0;

  constructor(sender: Sender) {
    this.sender = sender;
    this.cwnd = sender.initialCwnd;
  }

  /** The threshold after a loss (`ssthresh`). */
  protected abstract reduced(): number;

  /** The window was full and packets arrived: let it grow (`cong_avoid`). */
  protected abstract grow(acked: number): void;

  get pacingRate(): number {
    return Number.POSITIVE_INFINITY;
  }

  /** What is not paced needs no bursts. */
  get burst(): number {
    return 1;
  }

  start(): void {}

  onTransmitStart(_nowJiffies: number, _idle: number): void {}

  // How fast the network delivers says nothing to it.
  onWrite(): void {}
  onSent(_sent: Sent, _alone: boolean): void {}
  beginAck(): void {}
  onArrived(_sent: Sent, _sacked: boolean): void {}

  onDelay(_us: number): void {}

  /** `tcp_cong_control`. */
  onAck(delivered: number, lost: number, flag: number): void {
    const { sender } = this;
    if (sender.reducing) {
      this.#reduce(delivered, lost, flag);
      return;
    }
    const progress = FLAG.DATA_ACKED | (sender.reordering > 3 ? FLAG.DATA_SACKED | FLAG.SYN_ACKED : 0);
    if (flag & progress && delivered > 0 && sender.isCwndLimited) this.grow(delivered);
  }

  onLoss(): number {
    this.#count = 0;
    return this.reduced();
  }

  onTimeout(): void {
    this.#count = 0;
  }

  /** `tcp_reno_undo_cwnd`. */
  undo(before: number): number {
    return Math.max(this.cwnd, before);
  }

  onTimedLoss(lost: number): void {
    this.#reduce(1, lost, 0);
  }

  /**
   * Proportional rate reduction (`tcp_cwnd_reduction`, RFC 6937 with slow-start reduction bound): the window follows what
   * is delivered down to the threshold.
   */
  #reduce(delivered: number, lost: number, flag: number): void {
    const { sender } = this;
    if (delivered <= 0 || sender.priorCwnd === 0) return;
    const { inFlight } = sender.queue;
    const room = this.ssthresh - inFlight;
    sender.prrDelivered += delivered;
    let count: number;
    if (room < 0) {
      count = Math.floor((this.ssthresh * sender.prrDelivered + sender.priorCwnd - 1) / sender.priorCwnd);
      count -= sender.prrOut;
    } else {
      count = Math.max(sender.prrDelivered - sender.prrOut, delivered);
      if (flag & FLAG.UNA_ADVANCED && lost === 0) count++;
      count = Math.min(room, count);
    }
    // The first retransmission leaves whatever the arithmetic says.
    count = Math.max(count, sender.prrOut > 0 ? 0 : 1);
    this.cwnd = inFlight + count;
  }

  endReduction(): void {
    const { sender } = this;
    if (this.ssthresh < Number.POSITIVE_INFINITY && (sender.ca === CA.CWR || sender.undoMarker > 0)) {
      this.cwnd = this.ssthresh;
      sender.cwndStamp = sender.nowJiffies;
    }
  }

  /** The window falls back towards the initial one, by half each RTO (RFC 5681 §4.1). */
  onIdle(idle: number): void {
    const { sender } = this;
    const { rto } = sender.rtt;
    this.ssthresh = sender.currentSsthresh;
    const restart = Math.min(sender.initialCwnd, this.cwnd);
    let { cwnd } = this;
    for (let rest = idle - rto; rest > 0 && cwnd > restart; rest -= rto) cwnd >>= 1;
    this.cwnd = Math.max(cwnd, restart);
    sender.cwndStamp = sender.nowJiffies;
    sender.cwndUsed = 0;
  }

  /** A window that nobody used for an RTO shrinks towards what was used (RFC 2861, `tcp_cwnd_application_limited`). */
  onUnderused(packetsOut: number): void {
    const { sender } = this;
    const now = sender.nowJiffies;
    if (packetsOut > sender.cwndUsed) sender.cwndUsed = packetsOut;
    if (now - sender.cwndStamp < sender.rtt.rto) return;
    if (sender.ca === CA.OPEN) {
      const used = Math.max(sender.cwndUsed, sender.initialCwnd);
      if (used < this.cwnd) {
        this.ssthresh = sender.currentSsthresh;
        this.cwnd = (this.cwnd + used) >> 1;
      }
      sender.cwndUsed = 0;
    }
    sender.cwndStamp = now;
  }

  protected get inSlowStart(): boolean {
    return this.cwnd < this.ssthresh;
  }

  /** A packet more for each that arrived, up to the threshold (`tcp_slow_start`). @returns packets beyond it */
  protected slowStart(acked: number): number {
    const before = this.cwnd;
    this.cwnd = Math.min(before + acked, this.ssthresh);
    return acked - (this.cwnd - before);
  }

  /** A packet more for every so many that arrived (`tcp_cong_avoid_ai`). */
  protected growByOneFor(packets: number, acked: number): void {
    if (this.#count >= packets) {
      this.#count = 0;
      this.cwnd++;
    }
    this.#count += acked;
    if (this.#count >= packets) {
      const more = Math.floor(this.#count / packets);
      this.#count -= more * packets;
      this.cwnd += more;
    }
  }
}
