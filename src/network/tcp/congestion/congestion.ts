import type { Sent } from '../send-queue.ts';

/**
 * Congestion control: how much may be in flight, and how fast it leaves. All that a socket asks of one or tells it,
 * whichever it is: `struct tcp_congestion_ops`, and a hook for each place where Linux asks whether there is a
 * `cong_control`. Windows in packets.
 */
export interface Congestion {
  cwnd: number;
  /** Infinity: none yet. */
  ssthresh: number;
  /** Bytes a µs (`sk_pacing_rate`); Infinity: not paced. */
  readonly pacingRate: number;
  /** Segments that leave in one go (`min_tso_segs`). */
  readonly burst: number;
  /** The connection is established (`init`). */
  start(): void;
  /** Sending starts with nothing in flight (`CA_EVENT_TX_START`). @param idle jiffies since something was sent last */
  onTransmitStart(nowJiffies: number, idle: number): void;
  /** The application is about to write (`tcp_rate_check_app_limited`). */
  onWrite(): void;
  /** A segment leaves (`tcp_rate_skb_sent`). @param alone whether it is new, and nothing else is out */
  onSent(sent: Sent, alone: boolean): void;
  /** An acknowledgement has come, and has not been looked at yet. */
  beginAck(): void;
  /** It tells that a segment has arrived (`tcp_rate_skb_delivered`). @param sacked not in order */
  onArrived(sent: Sent, sacked: boolean): void;
  /** It gives a sample of the path's delay, µs (`pkts_acked`). */
  onDelay(us: number): void;
  /**
   * It has been looked at, and nothing has been sent yet (`cong_control`, `cong_avoid`).
   * @param delivered segments, newly @param lost segments, newly taken for lost @param flag bits of {@link FLAG}
   */
  onAck(delivered: number, lost: number, flag: number): void;
  /** A loss, before the window changes (`ssthresh`). @returns the new threshold */
  onLoss(): number;
  /** A timeout, after the window has changed (`set_state` to `TCP_CA_Loss`). */
  onTimeout(): void;
  /** Nothing was lost after all (`undo_cwnd`). @param before the window before the reduction @returns the window */
  undo(before: number): number;
  /** A recovery begins without an acknowledgement: a timer found the loss (`tcp_rack_reo_timeout`). */
  onTimedLoss(lost: number): void;
  /** A reduction is over (`tcp_end_cwnd_reduction`). */
  endReduction(): void;
  /** Something is written after more than an RTO without sending (`tcp_slow_start_after_idle_check`). @param idle jiffies */
  onIdle(idle: number): void;
  /** So many packets are out, and the window is not what holds back more (`tcp_cwnd_validate`). */
  onUnderused(packetsOut: number): void;
}
