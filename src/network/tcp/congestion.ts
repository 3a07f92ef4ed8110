/**
 * Congestion control: how much may be in flight. What a socket needs of it, whichever algorithm it is
 * (`struct tcp_congestion_ops`). Windows in packets.
 */
export interface Congestion {
  cwnd: number;
  ssthresh: number;
  readonly inSlowStart: boolean;
  /** `tcp_current_ssthresh` outside a reduction. */
  readonly currentSsthresh: number;
  /** Sets the window; what counted towards an increase counts on. */
  setWindow(cwnd: number): void;
  forgetCount(): void;
  /** A loss, before the window changes. @returns the new threshold */
  onLoss(): number;
  /** A timeout, after the window has changed. */
  onTimeout(nowUs: number, next: number): void;
  /** @returns the window once it has shown that nothing was lost. @param before the window before the reduction */
  undo(before: number): number;
}
