import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { Playhead } from './view.ts';

/** Frames in which figures and lists are drawn anew once while the playhead runs: ten times a second is read in time. */
export const UNHURRIED = 6;

/** The same for a picture that moves, where so much is in it that it takes a good part of a frame to draw. */
export const CROWDED = 3;

/** The same for both while the playhead is moved by hand: a twentieth of a second is hardly seen. */
export const DRAGGED = 3;

/**
 * How much is drawn in which frame of {@link UNHURRIED}: each user takes the one with the least, so that no frame has
 * to draw all of them.
 */
const drawing = new Int32Array(UNHURRIED);

/** The frame with the least to draw, first of all by its turn while the playhead is moved by hand. */
function nextTurn(): number {
  const load = (frame: number) => {
    let sum = 0;
    for (let other = frame % DRAGGED; other < UNHURRIED; other += DRAGGED) sum += drawing[other] as number;
    return sum * 1000 + (drawing[frame] as number);
  };
  let best = 0;
  for (let frame = 1; frame < UNHURRIED; frame++) if (load(frame) < load(best)) best = frame;
  return best;
}

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

/** Whether it is the turn of one who draws in one frame of so many. */
function isTurn(playhead: Playhead, count: number, turn: number, every: number): boolean {
  const { playing, dragged = false, settling = false, jumped = false } = playhead;
  if (every === 1) return !settling;
  if (jumped) return false;
  return (
    !(playing || dragged || settling) || (count - turn) % (playing ? every : Math.min(every, DRAGGED)) === 0
  );
}

/**
 * Renders the calling component again whenever the playhead or the trace has moved, once a frame at most.
 * @param every while the playhead runs, only in one frame of so many, and in one of {@link DRAGGED} while it is moved by
 *   hand; once it stands still the picture is always exact
 * @param work how much of a frame it takes, beside others: 1 is a few lines of text
 */
export function useFrame(playhead: Playhead, every = 1, work = 1): void {
  const drawn = useRef(0);
  // A store, as React would put off anything else until the frame is over.
  const subscribe = useCallback(
    (rerender: () => void) => {
      const frames = watch(playhead);
      const turn = nextTurn();
      const draws = (sign: 1 | -1) => {
        for (let frame = turn % every; every > 1 && frame < UNHURRIED; frame += every) {
          drawing[frame] = (drawing[frame] as number) + sign * work;
        }
      };
      draws(1);
      const stop = playhead.subscribe(() => {
        if (!isTurn(playhead, frames.count, turn, every)) return;
        drawn.current++;
        rerender();
      });
      return () => {
        stop();
        unwatch(playhead, frames);
        draws(-1);
      };
    },
    [playhead, every, work],
  );
  useSyncExternalStore(
    subscribe,
    () => drawn.current,
    () => 0,
  );
}

/** For a memo of a list that is read out or walked through by keys: it stays as it was while the playhead is dragged. */
export const staysWhileDragged = (_: unknown, next: { dragged: boolean }): boolean => next.dragged;
