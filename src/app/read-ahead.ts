import { readAhead } from '../trace/ahead.ts';
import type { Trace } from '../trace/trace.ts';

/** Where the browser cannot tell how much time there is, this much is taken, ms, after a wait as long as {@link REST_MS}. */
const SLICE_MS = 3;
const REST_MS = 20;

/**
 * Reads on in the trace that is shown whenever the browser has nothing better to do, so that a jump to a moment far away
 * finds what it needs and need not go through all that lies before it.
 * @returns to be called when there is something new in that trace, or another one is shown
 */
export function keepReadingAhead(shown: () => Trace): () => void {
  let waits = false;
  const goOn = () => {
    if (waits) return;
    waits = true;
    whenIdle((isTime) => {
      waits = false;
      if (!readAhead(shown().tables, isTime)) goOn();
    });
  };
  goOn();
  return goOn;
}

/** Calls back when there is time, and tells for how long. */
function whenIdle(callback: (isTime: () => boolean) => void): void {
  if (typeof requestIdleCallback === 'function') {
    requestIdleCallback((deadline) => callback(() => deadline.timeRemaining() > 1));
    return;
  }
  setTimeout(() => {
    const endMs = performance.now() + SLICE_MS;
    callback(() => performance.now() < endMs);
  }, REST_MS);
}
