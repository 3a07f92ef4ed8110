/** What an acknowledgement brought: bits, with Linux's names (FLAG_* in tcp_input.c). */
export const FLAG = {
  DATA: 1,
  WINDOW_UPDATE: 2,
  DATA_ACKED: 4,
  RESENT_DATA_ACKED: 8,
  SYN_ACKED: 16,
  DATA_SACKED: 32,
  /** Something that was never retransmitted arrived after all. */
  ORIGINAL_SACK_ACKED: 64,
  UNA_ADVANCED: 128,
  DSACKING: 256,
  DSACK_PROBE: 512,
  SET_TIMER: 1024,
  LOST_RETRANSMISSION: 2048,
  /** A lone small segment, whose acknowledgement the receiver may have held back. */
  MAYBE_DELAYED: 4096,
} as const;

/** What needs a closer look (`FLAG_CA_ALERT`). */
export const ALERT = FLAG.DATA_SACKED | FLAG.DSACKING;
