import type { Playhead } from '../view.ts';

/** Virtual seconds a second, at most, for which sentences are chosen where time stands still. */
const STANDING = 1;

/**
 * The speed at which sentences have to be read. A sentence stays for seconds on the wall, which at a high speed may be all
 * of a run; once time stands still, what is said is what has just happened.
 */
export function spokenSpeed({ playing, speed }: Playhead): number | null | undefined {
  if (playing || speed === undefined) return speed;
  return Math.min(speed ?? STANDING, STANDING);
}
