/** What one acknowledgement tells of how fast the network delivers (`struct rate_sample`); one at a time. */
export interface RateSample {
  /** `delivered` when the newest segment that it covers was sent; 0: it covers none. */
  priorDelivered: number;
  priorAtUs: number;
  /** The sender had nothing more to send then, so the sample says little of the network. */
  appLimited: boolean;
  /** Delivered since, and in how long; -1: no valid sample. */
  delivered: number;
  intervalUs: number;
  /** Newly acknowledged or SACKed, and newly taken for lost. */
  acked: number;
  lost: number;
  /** Of the newest segment that was sent once, -1: none. */
  rttUs: number;
  /** A lone small segment, whose acknowledgement the receiver may have held back. */
  mayBeDelayed: boolean;
  priorInFlight: number;
  /** End of the newest segment that it covers. */
  lastEnd: number;
}
