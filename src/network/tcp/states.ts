/** RFC 9293 §3.3.2, as far as they differ here: how far closing has come is in the FIN fields. */
export const STATE = {
  CLOSED: 0,
  LISTEN: 1,
  SYN_SENT: 2,
  SYN_RECEIVED: 3,
  ESTABLISHED: 4,
  /** Closed by both; answers a FIN that comes again. */
  TIME_WAIT: 5,
} as const;

/** What the one transmit timer is set for (`icsk_pending`). */
export const TIMER = { NONE: 0, RETRANSMIT: 1, PROBE: 2, REORDER: 3, SYNACK: 4, WINDOW: 5 } as const;

/** Congestion states, in the order that comparisons rely on (`enum tcp_ca_state`). */
export const CA = { OPEN: 0, DISORDER: 1, CWR: 2, RECOVERY: 3, LOSS: 4 } as const;
