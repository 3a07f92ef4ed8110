import type { ViewProps } from '../view.ts';

export interface LatencyStripsProps extends ViewProps {
  /** The latency to stay under, drawn as a dashed line; null: none. */
  targetMs: number | null;
}

/** How long deliveries took so far, by group, on one logarithmic axis. */
export function LatencyStrips(_props: LatencyStripsProps) {
  return <section aria-label="Delivery latency" />;
}
