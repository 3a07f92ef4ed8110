import { readAhead } from '../trace/ahead.ts';
import type { Trace } from '../trace/trace.ts';

/** Where the browser cannot tell how much time there is, this much is taken, ms, after a wait as long as {@link REST_MS}. */
const SLICE_MS = 3;
const REST_MS = 20;

/** Calls back when there is time, and tells for how long. */
export type WhenIdle = (callback: (isTime: () => boolean) => void) => void;

/**
 * Reads on in the trace that is shown whenever the browser has nothing better to do, so that a jump to a moment far away
 * finds what it needs and need not go through all that lies before it.
 */
export class ReadAhead {
  readonly #whenIdle: WhenIdle;
  #trace: Trace | null = null;
  #waits = false;

  constructor(whenIdle: WhenIdle = browserIdle) {
    this.#whenIdle = whenIdle;
  }

  /** There is something new in a trace, or another one is shown. */
  of(trace: Trace): void {
    this.#trace = trace;
    if (this.#waits) return;
    this.#waits = true;
    this.#whenIdle((isTime) => {
      this.#waits = false;
      const now = this.#trace;
      if (now !== null && !readAhead(now.tables, isTime)) this.of(now);
    });
  }
}

function browserIdle(callback: (isTime: () => boolean) => void): void {
  if (typeof requestIdleCallback === 'function') {
    requestIdleCallback((deadline) => callback(() => deadline.timeRemaining() > 1));
    return;
  }
  setTimeout(() => {
    const endMs = performance.now() + SLICE_MS;
    callback(() => performance.now() < endMs);
  }, REST_MS);
}
