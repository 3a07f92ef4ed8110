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
  /** sysctl `tcp_congestion_control`: how the sender decides how much may be in flight. */
  congestionControl?: 'cubic' | 'bbr';
  /** Probes an idle connection after `idleMs`, then each `intervalMs`; gives it up after `count` without answer. */
  keepAlive?: { idleMs: number; intervalMs: number; count: number } | undefined;
}
