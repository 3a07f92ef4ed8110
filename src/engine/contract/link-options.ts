/** How a link behaves. Times in ms, chances in per cent, unless said otherwise. */
export interface LinkOptions {
  /** Both ways together; half each way unless `upMs` or `downMs` says otherwise. */
  rttMs: number;
  /** One way, client to server. */
  upMs: number | null;
  /** One way, server to client. */
  downMs: number | null;
  /** Drawn anew for each packet and direction. */
  jitterMs: number;
  jitterDistribution: 'uniform' | 'normal' | 'pareto';
  /** Independent for each packet and direction. */
  lossPct: number;
  /** Takes the place of `lossPct`. `p`, `r`: chance (0–1) of going from good to bad, and back, at each packet. */
  lossModel: {
    kind: 'gilbert-elliott';
    p: number;
    r: number;
    goodLossPct: number;
    badLossPct: number;
  } | null;
  /** Kilobits a second in each direction; null: as fast as can be. */
  rateKbps: number | null;
  /** Bytes that may wait for a slow link, the packet on the wire included; what does not fit is dropped. */
  queueBytes: number;
  duplicatePct: number;
  reorderPct: number;
}
