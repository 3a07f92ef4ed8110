import type { Trace } from '../trace/trace.ts';
import type { Pointing } from './pointing.ts';
import type { Selection } from './selection.ts';

export type { Selection };

/** The playhead, as views see it: they draw when it moves, and never move it themselves. */
export interface Playhead {
  /** Virtual time shown, µs. */
  readonly nowUs: number;
  readonly playing: boolean;
  /**
   * Virtual seconds a second on the wall: how long a mark has to stay to be read depends on it, and nothing else does.
   * Left out: 1/10; null: as fast as it goes.
   */
  readonly speed?: number | null;
  /**
   * Whether it was moved by hand a moment ago: lists that are read out or walked through by keys wait until it rests.
   * Left out: never.
   */
  readonly dragged?: boolean;
  /**
   * Nothing has changed since it called back last: this frame is for those who take turns after a move by hand, as one
   * frame has not the time to draw all of a large run. Left out: never.
   */
  readonly settling?: boolean;
  /**
   * It was moved by hand and had stood still in the frame before, or has come to rest: this frame is for what moves at
   * once, those who take turns have the frames after it. Left out: never.
   */
  readonly jumped?: boolean;
  /** Calls back after every change of time or of the trace, once a frame at most. Returns how to stop that. */
  subscribe(changed: () => void): () => void;
}

/**
 * What every view is given. A view is a pure function of these.
 *
 * Views fill the width of their container and measure it themselves. `Stage` fills the height too (give it a sized
 * box); the others are as high as they need to be. A new run is a new `trace` object; rows that are appended to the
 * same object are noticed when the playhead calls back. `theme/tokens.css` has to be loaded once, by the app.
 */
export interface ViewProps {
  trace: Trace;
  playhead: Playhead;
  selection: Selection | null;
  onSelect(selection: Selection | null): void;
  /** What is pointed at in any view; left out: this view stands alone. */
  pointing?: Pointing;
  /** No gliding: packets step from event to event. */
  reducedMotion: boolean;
}
