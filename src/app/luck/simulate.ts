import type { Run } from '../../scenarios/run.ts';
import { messageOf, type Surroundings } from '../worker/slices.ts';

/** Work between two rests. */
const SLICE_MS = 12;
const EVENTS_A_LOOK = 500;
/** It is told that the work goes on after this much of it. */
const ALIVE_MS = 1000;

/** Simulates a run to its end in slices, with a rest after each, and hands over nothing but its report. */
export function simulateForReport(
  run: Run,
  generation: number,
  around: Surroundings,
  current: () => boolean,
): void {
  let workedMs = 0;
  let toldMs = 0;
  const slice = () => {
    if (!current()) return;
    const startedMs = around.nowMs();
    try {
      do run.advance(run.endUs, EVENTS_A_LOOK);
      while (!run.done && around.nowMs() < startedMs + SLICE_MS);
      workedMs += around.nowMs() - startedMs;
      if (workedMs - toldMs >= ALIVE_MS) {
        toldMs = workedMs;
        around.post({ kind: 'alive', generation }, []);
      }
      if (!run.done) around.soon(slice);
      else around.post({ kind: 'reported', generation, report: run.report(Math.round(workedMs)) }, []);
    } catch (error) {
      around.post({ kind: 'failed', generation, message: messageOf(error) }, []);
    }
  };
  slice();
}
