import type { ViewProps } from '../view.ts';

export interface TimelineProps extends ViewProps {
  /** A person dragged, clicked or typed the playhead to this virtual time, µs; always within the run. */
  onSeek(us: number): void;
}

/** The run along its time: activity, losses, faults, and the playhead. */
export function Timeline(_props: TimelineProps) {
  return <section aria-label="Timeline" />;
}
