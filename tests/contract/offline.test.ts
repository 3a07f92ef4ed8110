import { expect, test } from 'vitest';
import { createRun } from '../../src/scenarios/run.ts';
import { problemsLine, type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import { TRANSPORTS } from '../../src/transports/index.ts';

test.each(Object.keys(TRANSPORTS))(
  '%s without a network, told to try again at once, lets time go on',
  (kind) => {
    const checked = validate({
      version: 1,
      durationMs: 2_000,
      network: { dns: { lookupMs: 0, ttlMs: 0 } },
      edge: { tls: 'none' },
      publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'periodic', everyMs: 500 } }],
      clients: [
        {
          name: 'reader',
          rooms: ['doc'],
          transport: kind === 'sse' ? { kind, retryMs: 0 } : { kind },
          ...(kind === 'sse' ? {} : { reconnect: { kind: 'fixed', baseMs: 0, jitter: 'none' } }),
        },
      ],
      faults: [{ kind: 'client-disconnect', atMs: 0 }],
    } as object as ScenarioInput);
    if (!checked.ok) throw new Error(problemsLine(checked.problems));
    const world = createRun(checked.plan, 'all');
    world.advance(world.endUs, 1_000_000);
    expect(world.done).toBe(true);
  },
);
