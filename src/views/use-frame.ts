import { useEffect, useReducer } from 'react';
import type { Playhead } from './view.ts';

/** Frames in which figures and lists are drawn anew once while the playhead runs: ten times a second is read in time. */
export const UNHURRIED = 6;

/** The same for a picture that moves, where so much is in it that it takes a good part of a frame to draw. */
export const CROWDED = 3;

/** Users so far: each of them draws in another frame, so that no frame has to draw them all. */
let users = 0;

/**
 * Renders the calling component again whenever the playhead or the trace has moved, once a frame at most.
 * @param every while the playhead runs, only in one frame of so many; once it stands still the picture is always exact
 */
export function useFrame(playhead: Playhead, every = 1): void {
  const [, rerender] = useReducer((frames: number) => frames + 1, 0);
  useEffect(() => {
    let frame = users++;
    return playhead.subscribe(() => {
      if (!playhead.playing || ++frame % every === 0) rerender();
    });
  }, [playhead, every]);
}

/** For a memo of a list that is read out or walked through by keys: it stays as it was while the playhead is dragged. */
export const staysWhileDragged = (_: unknown, next: { dragged: boolean }): boolean => next.dragged;
