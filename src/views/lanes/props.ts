import type { Trace } from '../../trace/trace.ts';
import type { Playhead, Selection } from '../view.ts';

/** One run with its lane. */
export interface LaneRun {
  id: number;
  letter: string;
  name: string;
  trace: Trace;
  state: 'simulating' | 'done' | 'failed';
  failure: string | null;
  /** How far it is simulated, 0 to 1. */
  progress: number;
}

export interface LanesProps {
  runs: readonly LaneRun[];
  playhead: Playhead;
  /** The client that is drawn, by name; null, or where a run has no such client: the first. */
  client: string | null;
  /** How much of the time before the playhead is drawn. */
  windowUs: number;
  selection: { variant: number; what: Selection } | null;
  onSelect(variant: number, what: Selection | null): void;
  onRestart(variant: number): void;
}
