import type { Run } from '../../scenarios/run.ts';
import { HandOver } from './hand-over.ts';
import type { WorkerMessage } from './messages.ts';

/** The worker looks at its mail this often: a new scenario never waits longer for the old one to make room. */
const SLICE_MS = 8;
/** Pieces between two looks at the clock. */
const EVENTS_A_LOOK = 500;
/** Twenty hand-overs a second are enough to play by, and cheap enough not to be noticed. */
const HAND_OVER_MS = 50;

/** What slicing needs of the world around it, so that a test can stand in for it. */
export interface Surroundings {
  nowMs(): number;
  /** Calls back after the messages that are waiting have been seen. */
  soon(next: () => void): void;
  post(message: WorkerMessage, transfer: ArrayBufferLike[]): void;
}

/**
 * Simulates a run to its end in slices, ahead of any playhead, and hands over what is new.
 * @param current says whether this run is still wanted
 */
export function simulate(run: Run, generation: number, around: Surroundings, current: () => boolean): void {
  const handOver = new HandOver(run.trace);
  const startedMs = around.nowMs();
  let handedOverMs = Number.NEGATIVE_INFINITY;

  const tell = () => {
    const { news, transfer } = handOver.take();
    around.post({ kind: 'news', generation, news }, transfer);
    handedOverMs = around.nowMs();
  };

  const slice = () => {
    if (!current()) return;
    const untilMs = around.nowMs() + SLICE_MS;
    try {
      do run.advance(run.endUs, EVENTS_A_LOOK);
      while (!run.done && around.nowMs() < untilMs);
      if (run.done || around.nowMs() - handedOverMs >= HAND_OVER_MS) tell();
      if (!run.done) {
        around.soon(slice);
        return;
      }
      const report = run.report();
      report.engine.wallMs = Math.round(around.nowMs() - startedMs);
      around.post({ kind: 'done', generation, fingerprint: run.trace.fingerprint, report }, []);
    } catch (error) {
      around.post({ kind: 'failed', generation, message: messageOf(error) }, []);
    }
  };

  tell(); // who is who, before anything has happened
  slice();
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
