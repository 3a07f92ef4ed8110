import { createRun, type Run } from '../../src/scenarios/run.ts';
import { problemsLine, type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import type { TraceRecord } from '../../src/trace/trace.ts';

/** Runs a scenario. */
export function run(scenario: object): Run {
  const checked = validate(scenario as ScenarioInput);
  if (!checked.ok) throw new Error(problemsLine(checked.problems));
  const world = createRun(checked.plan, 'all');
  world.advance(world.endUs);
  return world;
}

/** The records of a kind. */
export const recordsOf = ({ trace }: Run, kind: string): TraceRecord[] =>
  [...trace.all()].filter((record) => record.kind === kind);

/** A source, three servers, and clients on a ring; leases are short. */
export const world = (over: { backplane?: object; [part: string]: unknown }) =>
  run({
    version: 1,
    seed: 3,
    durationMs: 20_000,
    settleMs: 5_000,
    network: { access: { rttMs: 40 } },
    servers: { count: 3 },
    publishers: [
      { name: 'editor', room: 'doc', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 200 } },
    ],
    clients: [
      {
        name: 'user',
        count: 12,
        rooms: ['doc'],
        transport: { kind: 'websocket' },
        reconnect: { kind: 'fixed', baseMs: 500, jitter: 'none' },
      },
    ],
    ...over,
    backplane: { kind: 'hash-ring', leaseTtlMs: 3_000, ...over.backplane },
  });
