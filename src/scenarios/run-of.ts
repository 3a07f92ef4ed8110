import type { Plan } from '../engine/contract/plan.ts';
import type { Parts } from '../engine/parts.ts';
import { World } from '../engine/world.ts';
import { type Keep, Trace } from '../trace/trace.ts';
import { type Report, reportOf } from './report.ts';

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
  /** What has happened so far, as the report's numbers; final when `done`. */
  report(wallMs?: number): Report;
}

/**
 * Puts a scenario's world together, at time 0.
 * @param parts what it is made of: at least its transports and its backplane
 * @param keep how much of the trace to keep @param maxRows records to keep at most
 */
export function createRunOf(parts: Parts, plan: Plan, keep: Keep, maxRows?: number): Run {
  const trace = new Trace(keep, maxRows);
  const world = new World(plan, trace, parts);
  const { kernel } = world.sim;
  return {
    plan,
    trace,
    endUs: kernel.horizonUs,
    get nowUs() {
      return kernel.nowUs;
    },
    get done() {
      return kernel.nowUs >= kernel.horizonUs && kernel.nextUs > kernel.horizonUs;
    },
    advance(untilUs, maxEvents) {
      const reached = kernel.run(Math.min(untilUs, kernel.horizonUs), maxEvents);
      // Where a piece ends in the midst of an instant, more may happen in it.
      trace.knownUntilUs = kernel.nextUs > kernel.nowUs ? kernel.nowUs : Math.max(0, kernel.nowUs - 1);
      return reached;
    },
    report: (wallMs = 0) => reportOf(plan, world.facts(), wallMs),
  };
}
