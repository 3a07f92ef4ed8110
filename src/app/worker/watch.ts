/** Between two looks. */
const LOOK_MS = 1000;
/**
 * Looks in a row without a word after which a worker counts as gone: one that was killed says nothing, nor does one in an
 * endless loop. Looks are counted and not time, so that a page that slept itself suspects nobody.
 */
const SILENT_LOOKS = 10;

/** Notices that a worker from which something is expected has gone silent. */
export class Watch {
  readonly #gone: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #silent = 0;

  constructor(gone: () => void) {
    this.#gone = gone;
  }

  /** Something is expected from now on. */
  start(): void {
    this.#silent = 0;
    this.#timer ??= setInterval(() => this.#look(), LOOK_MS);
  }

  heard(): void {
    this.#silent = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    if (++this.#silent < SILENT_LOOKS) return;
    this.stop();
    this.#gone();
  }
}

/** What is said of a worker that has gone silent. */
export const SILENT = 'nothing has been heard of the worker for 10 seconds';
