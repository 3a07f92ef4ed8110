import { describe, expect, it, test } from 'vitest';
import { FAULT_KINDS } from '../../src/engine/contract/plan.ts';
import { createRun } from '../../src/scenarios/run.ts';
import { problemsLine, type ScenarioInput, validate } from '../../src/scenarios/validate.ts';

const base = {
  version: 1,
  durationMs: 20_000,
  settleMs: 10_000,
  publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'periodic', everyMs: 300 } }],
  clients: [{ name: 'sse', count: 2, rooms: ['doc'], transport: { kind: 'sse' } }],
};

const MORE: Record<string, object> = {
  'link-change': { set: { lossPct: 10 } },
  publish: { text: 'x' },
  partition: { between: ['servers', 'backplane'] },
  'clock-skew': { byMs: 100 },
  'packet-drop': { direction: 'down', packet: 'data', nth: 1 },
  'packet-delay': { direction: 'down', packet: 'data', nth: 1, byMs: 50 },
  'packet-duplicate': { direction: 'down', packet: 'data', nth: 1 },
};

function run(input: object) {
  const checked = validate(input as ScenarioInput);
  if (!checked.ok)
    throw new Error(checked.problems.map(({ path, message }) => `${path}: ${message}`).join('; '));
  const world = createRun(checked.plan, 'all');
  world.advance(world.endUs);
  return { report: world.report(), trace: world.trace };
}

describe('targets of faults', () => {
  const clients = ['sse', 'sse/2'];
  const allowed: Record<string, string[]> = {
    'link-change': [...clients, 'server-1', 'redis', 'editor'],
    'link-down': [...clients, 'server-1', 'redis', 'editor'],
    'server-crash': ['server-1'],
    'server-pause': ['server-1'],
    'server-join': ['server-1'],
    'server-drain': ['server-1'],
    'load-balancer-crash': [],
    'load-balancer-pause': [],
    'dns-down': [],
    'broker-crash': ['redis'],
    'broker-pause': ['redis'],
    partition: [],
    'clock-skew': ['server-1', 'redis', 'editor'],
    publish: [],
  };
  it.each(
    FAULT_KINDS.flatMap((kind) =>
      ['sse', 'sse/2', 'server-1', 'redis', 'editor', 'nobody'].map((target) => [kind, target] as const),
    ),
  )('%s at %s', (kind, target) => {
    const checked = validate({
      ...base,
      backplane: { kind: 'redis-pubsub' },
      faults: [{ kind, atMs: 5000, target, ...MORE[kind] }],
    } as ScenarioInput);
    expect(checked.ok).toBe((allowed[kind] ?? clients).includes(target));
  });
});

it.each([
  [{ between: ['server-1', 'redis'] }, null],
  [{ between: ['publishers', 'backplane'], direction: 'back' }, null],
  [
    { between: ['server-9', 'redis'] },
    /^faults\[0\]\.between\[0\]: unknown place "server-9".*expected server-1, redis/,
  ],
  [
    { between: ['server-1', 'editor'] },
    /^faults\[0\]\.between: expected two ends that the backplane "redis-pubsub" links/,
  ],
  [{ between: ['server-1'] }, /^faults\[0\]\.between: expected a list of 2 to 2 items/],
])('partition %j', (part, expected) => {
  const faults = [{ kind: 'partition', atMs: 5000, ...part }];
  const checked = validate({ ...base, backplane: { kind: 'redis-pubsub' }, faults } as ScenarioInput);
  if (expected === null) expect(checked.ok).toBe(true);
  else expect(checked.ok ? '' : problemsLine(checked.problems)).toMatch(expected);
});

const drop = { kind: 'packet-drop', atMs: 5000 };
it.each([
  [{ between: ['redis', 'server-1'] }, null],
  [{ between: ['backplane', 'servers'], packet: 'any', nth: 3 }, null],
  [{ between: ['server-1', 'load-balancer'] }, null],
  [{ between: ['load-balancer', 'servers'] }, null],
  [
    { between: ['server-9', 'redis'] },
    /^faults\[0\]\.between\[0\]: unknown place "server-9".*expected server-1, redis/,
  ],
  [
    { between: ['editor', 'server-1'] },
    /^faults\[0\]\.between: expected two ends that the backplane "redis-pubsub"/,
  ],
  [
    { between: ['load-balancer', 'redis'] },
    /^faults\[0\]\.between: expected a server besides the load balancer/,
  ],
  [
    { between: ['redis', 'server-1'], target: 'sse' },
    /^faults\[0\]\.target: expected target or between, got both/,
  ],
  [
    { between: ['redis', 'server-1'], direction: 'up' },
    /^faults\[0\]\.direction: expected none with between/,
  ],
])('a packet of hop 2 %j', (part, expected) => {
  const world = { ...base, backplane: { kind: 'redis-pubsub' }, edge: { loadBalancer: { kind: 'layer-4' } } };
  const checked = validate({ ...world, faults: [{ ...drop, ...part }] } as ScenarioInput);
  if (expected === null) expect(checked.ok ? '' : problemsLine(checked.problems)).toBe('');
  else expect(checked.ok ? '' : problemsLine(checked.problems)).toMatch(expected);
});

it.each(['packet-drop', 'partition'])('a load balancer that is not there has no link: %s', (kind) => {
  const faults = [{ kind, atMs: 5000, between: ['load-balancer', 'server-1'] }];
  const checked = validate({ ...base, faults } as ScenarioInput);
  expect(checked.ok ? '' : problemsLine(checked.problems)).toMatch(
    /^faults\[0\]\.between\[0\]: unknown place/,
  );
});

test('a group that is called as a node or a publisher is: its links are meant, and no others', () => {
  const [redis, editor] = ['redis', 'editor'].map((name) => {
    const clients = [name, 'other'].map((one) => ({ name: one, rooms: ['doc'], transport: { kind: 'sse' } }));
    const faults = [{ kind: 'link-down', target: name, atMs: 5000, forMs: 20_000 }];
    return run({ ...base, clients, backplane: { kind: 'redis-pubsub' }, faults }).report;
  });
  for (const [name, report] of Object.entries({ redis, editor })) {
    expect(report?.groups[name]?.wire.lostPackets).toBeGreaterThan(0);
    expect(report?.backplane.wire.lostPackets).toBe(0);
    expect(report?.groups.other?.deliveries.latencyMs.max).toBeLessThan(100);
  }
});

describe('faults that overlap', () => {
  it.each([
    ['server-crash', 'server-1'],
    ['server-pause', 'server-1'],
    ['server-drain', 'server-1'],
    ['broker-crash', 'redis'],
    ['broker-pause', 'redis'],
    ['link-down', 'sse'],
    ['link-down', 'redis'],
    ['client-disconnect', 'sse'],
    ['client-sleep', 'sse'],
  ])('%s: what several break is whole when the last of them ends', (kind, target) => {
    const long = { kind, target, atMs: 5000, forMs: 10_000 };
    const inner = { kind, target, atMs: 7000, forMs: 1000 };
    const world = { ...base, backplane: { kind: 'redis-pubsub' } };
    const [alone, both] = [run({ ...world, faults: [long] }), run({ ...world, faults: [long, inner] })];
    const figures = ({ report }: ReturnType<typeof run>) => [report.totals, report.groups];
    expect(figures(both)).toEqual(figures(alone));
  });
});
