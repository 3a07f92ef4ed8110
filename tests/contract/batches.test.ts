import { expect, test } from 'vitest';
import { findPreset } from '../../src/scenarios/presets/index.ts';
import { createRun } from '../../src/scenarios/run.ts';
import { problemsLine, type ScenarioInput, validate } from '../../src/scenarios/validate.ts';

function run(over: object) {
  const checked = validate({
    version: 1,
    seed: 3,
    durationMs: 12_000,
    settleMs: 3_000,
    network: { access: { rttMs: 40 } },
    publishers: [
      { name: 'ticker', room: 'doc', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 20 }, bytes: 50 },
    ],
    clients: ['websocket', 'sse', 'long-polling'].map((kind) => ({
      name: kind,
      count: 3,
      rooms: ['doc'],
      transport: { kind },
    })),
    ...over,
  } as ScenarioInput);
  if (!checked.ok) throw new Error(problemsLine(checked.problems));
  const world = createRun(checked.plan, 'all');
  world.advance(world.endUs);
  return world.report();
}

test('what is gathered for a while goes out as one: fewer sends, part of the wait later, and nothing lost', () => {
  const [single, batched] = [run({}), run({ servers: { batchMs: 100 } })];
  for (const kind of ['websocket', 'sse'] as const) {
    const [before, after] = [single.groups[kind], batched.groups[kind]];
    expect(after?.deliveries.delivered).toBe(before?.deliveries.delivered);
    expect(after?.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    // Every 20 ms, gathered for 100 from the first on: five at a time, which wait 100, 80, 60, 40 and 20 ms.
    const later = (after?.deliveries.latencyMs.mean ?? 0) - (before?.deliveries.latencyMs.mean ?? 0);
    expect(later).toBeGreaterThan(58);
    expect(later).toBeLessThan(61);
    // 3.75 without the set-up: every second frame is acknowledged where they come every 20 ms, and each of the others.
    expect((before?.wire.packets ?? 0) / (after?.wire.packets ?? 1)).toBeGreaterThan(3.4);
  }
  expect(batched.groups['long-polling']?.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
  const sends = (report: typeof single) => report.servers['server-1']?.sends ?? 0;
  expect(sends(single) / sends(batched)).toBeGreaterThan(4);
});

test('a crash takes what was gathered, and a client that resumes gets it from the buffer', () => {
  const crash = {
    faults: [{ kind: 'server-crash', atMs: 6_050, forMs: 500 }],
    servers: { batchMs: 200, durable: true },
  };
  expect(run(crash).groups.sse?.deliveries.lost).toBe(0);
});

test('without batches the preset’s server drowns', () => {
  const { scenario } = findPreset('batched-frames') as NonNullable<ReturnType<typeof findPreset>>;
  const p99 = (report: ReturnType<typeof run>) => report.groups.websocket?.deliveries.latencyMs.p99 ?? 0;
  const together = { ...scenario, durationMs: 6_000 };
  const alone = { ...together, servers: { ...scenario.servers, batchMs: 0 } };
  expect(p99(run(alone))).toBeGreaterThan(4 * p99(run(together)));
});
