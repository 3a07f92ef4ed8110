import type { Plan } from '../engine/contract/plan.ts';
import type { Keep, Trace } from '../trace/trace.ts';
import type { Report } from './report.ts';

/** One run of a scenario: it can be advanced bit by bit, and reported on when it has ended. */
export interface Run {
  readonly plan: Plan;
  readonly trace: Trace;
  /** Virtual time reached, µs. */
  readonly nowUs: number;
  readonly endUs: number;
  readonly done: boolean;
  /**
   * Simulates on, up to and including `untilUs` or until `maxEvents` events have run.
   * @returns whether `untilUs` was reached
   */
  advance(untilUs: number, maxEvents?: number): boolean;
  /** What has happened so far, as the report's numbers; final when `done`. `engine.wallMs` is filled in by the caller. */
  report(): Report;
}

/** @param keep how much of the trace to keep */
export function createRun(_plan: Plan, _keep: Keep): Run {
  throw new Error('not built yet');
}
