import type { Plan } from '../../src/engine/contract/plan.ts';
import { createRun } from '../../src/scenarios/run.ts';
import { problemsLine, type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import type { Trace } from '../../src/trace/trace.ts';

/** A few seconds of several servers behind Kafka, two sources and a dozen clients of two transports, `changes` laid over it. */
export function fleetPlan(changes: Partial<ScenarioInput>): Plan {
  const checked = validate({
    version: 1,
    seed: 3,
    durationMs: 4_000,
    settleMs: 500,
    servers: { count: 3 },
    backplane: { kind: 'kafka' },
    publishers: [
      { name: 'editor', room: 'doc', arrivals: { kind: 'periodic', everyMs: 200 } },
      { name: 'ticker', room: 'doc', arrivals: { kind: 'periodic', everyMs: 300 } },
    ],
    clients: [
      { name: 'sse', count: 7, rooms: ['doc'], transport: { kind: 'sse' }, startSpreadMs: 500 },
      { name: 'polling', count: 5, rooms: ['doc'], transport: { kind: 'polling', intervalMs: 500 } },
    ],
    ...changes,
  } as ScenarioInput);
  if (!checked.ok) throw new Error(problemsLine(checked.problems));
  return checked.plan;
}

/** The whole trace of it. */
export function fleetTrace(changes: Partial<ScenarioInput>): Trace {
  const run = createRun(fleetPlan(changes), 'all');
  run.advance(run.endUs);
  return run.trace;
}
