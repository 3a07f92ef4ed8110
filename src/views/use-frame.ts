import { useEffect, useReducer } from 'react';
import type { Playhead } from './view.ts';

/** Frames in which figures and lists are drawn anew once while the playhead runs: ten times a second is read in time. */
export const UNHURRIED = 6;

/** The same for a picture that moves, where so much is in it that it takes a good part of a frame to draw. */
export const CROWDED = 3;

/** How many draw in which frame of {@link UNHURRIED}: each in another, so that no frame has to draw them all. */
const drawing = new Int32Array(UNHURRIED);

interface Frames {
  count: number;
  users: number;
  stop(): void;
}
const framesOf = new WeakMap<Playhead, Frames>();

/** The frames of a playhead, counted once for all who watch it. */
function watch(playhead: Playhead): Frames {
  let frames = framesOf.get(playhead);
  if (frames === undefined) {
    const counted: Frames = { count: 0, users: 0, stop: playhead.subscribe(() => counted.count++) };
    framesOf.set(playhead, (frames = counted));
  }
  frames.users++;
  return frames;
}

function unwatch(playhead: Playhead, frames: Frames): void {
  if (--frames.users > 0) return;
  frames.stop();
  framesOf.delete(playhead);
}

/**
 * Renders the calling component again whenever the playhead or the trace has moved, once a frame at most.
 * @param every while the playhead runs, only in one frame of so many; once it stands still the picture is always exact
 */
export function useFrame(playhead: Playhead, every = 1): void {
  const [, rerender] = useReducer((frames: number) => frames + 1, 0);
  useEffect(() => {
    const frames = watch(playhead);
    const turn = every === 1 ? 0 : drawing.indexOf(Math.min(...drawing));
    const turns = drawing.map((_, frame) => (every > 1 && frame % every === turn % every ? 1 : 0));
    turns.forEach((one, frame) => {
      drawing[frame] = (drawing[frame] as number) + one;
    });
    const stop = playhead.subscribe(() => {
      if (!playhead.playing || (frames.count - turn) % every === 0) rerender();
    });
    return () => {
      stop();
      unwatch(playhead, frames);
      turns.forEach((one, frame) => {
        drawing[frame] = (drawing[frame] as number) - one;
      });
    };
  }, [playhead, every]);
}

/** For a memo of a list that is read out or walked through by keys: it stays as it was while the playhead is dragged. */
export const staysWhileDragged = (_: unknown, next: { dragged: boolean }): boolean => next.dragged;
