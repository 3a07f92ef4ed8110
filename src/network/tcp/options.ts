import type { Congestion } from './congestion/congestion.ts';
import type { Sender } from './sender.ts';

/** Makes a socket's congestion control. */
export type CreateCongestion = (sender: Sender) => Congestion;

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
  /** Probes an idle connection after `idleMs`, then each `intervalMs`; gives it up after `count` without answer. */
  keepAlive?: { idleMs: number; intervalMs: number; count: number } | undefined;
}

/** What all of a run can be told: of every connection that does not say otherwise, and of the kernels. */
export interface StackOptions extends TcpOptions {
  /** sysctl `tcp_congestion_control`; left out: CUBIC. */
  createCongestion?: CreateCongestion | undefined;
}
