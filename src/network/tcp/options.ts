import type { Congestion } from './congestion.ts';
import type { RandomStream } from './contract.ts';
import type { RateSample } from './rate.ts';
import type { Sender } from './sender.ts';

/** A congestion control that measures the delivery rate and paces what is sent. */
export interface PacedCongestion extends Congestion {
  /** Bytes a µs. */
  readonly pacingRate: number;
  /** Segments that leave in one go. */
  readonly burst: number;
  /** The connection is established. */
  start(): void;
  /** Sending starts again with nothing in flight. */
  onTransmitStart(): void;
  onAck(sample: RateSample): void;
}

/** @param random asked for only when something is drawn */
export type CreateBbr = (sender: Sender, random: () => RandomStream) => PacedCongestion;

/** What a connection can be told; defaults are Linux's and Node's. */
export interface TcpOptions {
  /** TCP_NODELAY: small writes leave at once. Node's HTTP and WebSocket libraries set it. */
  noDelay?: boolean;
  /** sysctl `tcp_retries2`: decides after how long unanswered data means 'timed out'. */
  retries2?: number;
  /** sysctl `tcp_syn_retries`. */
  synRetries?: number;
  /** sysctl `tcp_syn_linear_timeouts`: retries a second apart before they double; 0 as before Linux 6.5. */
  synLinearTimeouts?: number;
  /** Segments that may leave before the first acknowledgement. */
  initialCwnd?: number;
  /** sysctl `tcp_congestion_control`: makes what decides how much may be in flight; left out: CUBIC. */
  createBbr?: CreateBbr | undefined;
  /** Probes an idle connection after `idleMs`, then each `intervalMs`; gives it up after `count` without answer. */
  keepAlive?: { idleMs: number; intervalMs: number; count: number } | undefined;
}
