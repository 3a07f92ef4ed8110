import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRun } from '../../src/scenarios/run.ts';
import { problemsLine, type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import type { Keep } from '../../src/trace/trace.ts';
import { TRANSPORTS } from '../../src/transports/index.ts';
import { TRANSPORT_MANIFESTS } from '../../src/transports/manifests.ts';
import { cases } from '../effort.ts';

/** A scenario with one group of two clients of a transport, `over` laid over it. */
function scenario(kind: string, over: object = {}, transport: object = {}): object {
  return {
    version: 1,
    seed: 11,
    durationMs: 30_000,
    settleMs: 120_000,
    network: { access: { rttMs: 80 } },
    publishers: [
      { name: 'editor', room: 'doc', arrivals: { kind: 'poisson', perSecond: 3 }, bytes: 80, text: 'hello ' },
    ],
    clients: [
      {
        name: 'group',
        count: 2,
        rooms: ['doc'],
        transport: { kind, ...transport },
        reconnect: { kind: 'exponential', baseMs: 500, maxMs: 5000, factor: 2, jitter: 'full' },
      },
    ],
    ...over,
  };
}

/** Runs a scenario to its end. */
function run(input: object, keep: Keep = 'fingerprint') {
  const checked = validate(input as ScenarioInput);
  if (!checked.ok) throw new Error(problemsLine(checked.problems));
  const world = createRun(checked.plan, keep);
  world.advance(world.endUs);
  expect(world.done).toBe(true);
  const report = world.report();
  const group = report.groups.group as (typeof report.groups)[string];
  return { world, report, group, deliveries: group.deliveries };
}

/** What must hold whatever happens. */
function accounts({ group, deliveries, report }: ReturnType<typeof run>) {
  expect(deliveries.expected).toBe(deliveries.delivered + deliveries.lost);
  expect(deliveries.latencyMs.count).toBe(deliveries.delivered);
  expect(deliveries.latencyMs.min ?? 0).toBeGreaterThanOrEqual(0);
  expect(group.setupMs.count + group.neverReady).toBe(group.clients);
  const { attempts, opened, failed, closed, reconnects } = group.connections;
  expect(opened + failed).toBeLessThanOrEqual(attempts);
  expect(closed).toBeLessThanOrEqual(opened);
  expect(reconnects).toBeLessThan(Math.max(1, attempts));
  expect(group.wire.lostPackets).toBeLessThanOrEqual(group.wire.packets);
  expect(report.totals.published).toBeGreaterThan(0);
}

const OUTAGE = { kind: 'link-down', atMs: 8000, forMs: 20_000, target: 'group' };

it('names the same transports with and without their machines', () => {
  const manifests = Object.fromEntries(
    Object.entries(TRANSPORTS).map(([kind, { manifest }]) => [kind, manifest]),
  );
  expect(manifests).toEqual(TRANSPORT_MANIFESTS);
});

describe.each(Object.values(TRANSPORTS))('$manifest.kind', ({ manifest }) => {
  const { kind, guarantees } = manifest;
  const replays = guarantees.replay !== 'never';
  const replaying = typeof guarantees.replay === 'object' ? { [guarantees.replay.option]: true } : {};

  it('delivers everything, once and in order, over a clean link', () => {
    const result = run(scenario(kind));
    accounts(result);
    expect(result.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    expect(result.deliveries.expected).toBeGreaterThan(100);
    expect(result.group.wire.retransmissions).toBe(0);
  });

  it.each([
    // Timeouts double, so what is lost several times in a row takes minutes.
    ['30 % loss', { network: { access: { rttMs: 80, lossPct: 30 } }, settleMs: 1_800_000 }],
    ['a link that is down for 20 s', { faults: [OUTAGE] }],
    ['a link that is down one way for 20 s', { faults: [{ ...OUTAGE, direction: 'up' }] }],
    [
      'reordering, duplication and jitter',
      { network: { access: { rttMs: 80, jitterMs: 30, reorderPct: 10, duplicatePct: 10 } } },
    ],
    [
      'a slow link with a short queue',
      { network: { access: { rttMs: 80, rateKbps: 64, queueBytes: 6000 } } },
    ],
  ])('loses nothing to %s: TCP repeats what was lost', (_, over) => {
    const result = run(scenario(kind, over));
    accounts(result);
    expect(result.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    expect(result.deliveries.expected).toBeGreaterThan(20);
  });

  it('brings back what was published while the client was away, if it has a memory', () => {
    const away = { faults: [{ kind: 'client-disconnect', atMs: 10_000, forMs: 5000, target: 'group' }] };
    const result = run(scenario(kind, away, replaying));
    accounts(result);
    if (replays) expect(result.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    expect(result.deliveries.latencyMs.max ?? 0).toBeGreaterThan(3000);
  });

  const forgetful = typeof guarantees.replay === 'object' ? it : null;
  forgetful?.('loses just what was published meanwhile, if it has none', () => {
    const away = { faults: [{ kind: 'client-disconnect', atMs: 10_000, forMs: 5000, target: 'group' }] };
    const result = run(scenario(kind, away), 'all');
    accounts(result);
    const { trace } = result.world;
    const published = [...trace.all(['message.published'])];
    const meanwhile = published.filter(({ atUs }) => atUs > 10_100_000 && atUs < 14_900_000).length;
    const around = published.filter(({ atUs }) => atUs > 9_900_000 && atUs < 16_000_000).length;
    expect(result.deliveries.lost).toBeGreaterThanOrEqual(2 * meanwhile);
    expect(result.deliveries.lost).toBeLessThanOrEqual(2 * around);
  });

  it('does not need the replay buffer to push: a burst longer than it comes through whole', () => {
    const publishers = [
      { name: 'editor', room: 'doc', arrivals: { kind: 'burst', everyMs: 5000, size: 20 }, bytes: 80 },
    ];
    const pushes = run(scenario(kind, { publishers, servers: { replayBuffer: { messages: 40 } } }));
    accounts(pushes);
    expect(pushes.deliveries.lost).toBe(0);
    if (kind !== 'sse' && kind !== 'websocket') return;
    const bare = run(scenario(kind, { publishers, servers: { replayBuffer: { messages: 0 } } }));
    expect(bare.deliveries).toMatchObject({ lost: 0, expected: pushes.deliveries.expected });
  });

  it('survives a crash of the server, and loses nothing where the replay buffer does', () => {
    const crash = {
      faults: [{ kind: 'server-crash', atMs: 10_000, forMs: 2000, target: 'server-1' }],
      servers: { durable: true },
    };
    const result = run(scenario(kind, crash, replaying));
    accounts(result);
    expect(result.report.totals.refused).toBeGreaterThan(0);
    expect(result.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    expect(result.group.connections.reconnects).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ['a sleeping tab', { kind: 'client-sleep', atMs: 10_000, forMs: 6000, target: 'group/1' }],
    ['a server that pauses', { kind: 'server-pause', atMs: 10_000, forMs: 6000, target: 'server-1' }],
    ['a change of network', { kind: 'network-switch', atMs: 10_000, target: 'group/2' }],
    ['a resolver that is down', { kind: 'dns-down', atMs: 0, forMs: 7000 }],
  ])('comes through %s', (_, fault) => {
    const result = run(scenario(kind, { faults: [fault] }, replaying));
    accounts(result);
    expect(result.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    expect(result.group.neverReady).toBe(0);
  });

  it('runs the same way twice, traced or not, and another way with another seed', () => {
    const lossy = { network: { access: { rttMs: 80, lossPct: 5 } }, settleMs: 5000 };
    const [once, again] = [run(scenario(kind, lossy), 'all'), run(scenario(kind, lossy), 'fingerprint')];
    expect(again.report).toEqual(once.report);
    const other = run(scenario(kind, { ...lossy, seed: 12 }));
    expect(other.report.engine.fingerprint).not.toBe(once.report.engine.fingerprint);
  });

  it.each(
    Object.entries(manifest.options).flatMap(([name, spec]): [string, unknown][] => {
      if (spec.type === 'number')
        return [
          [name, spec.min],
          [name, spec.max],
        ];
      return spec.type === 'flag'
        ? [
            [name, true],
            [name, false],
          ]
        : spec.values.map((value) => [name, value]);
    }) as [string, unknown][],
  )('keeps its books with %s = %s', (name, value) => {
    accounts(run(scenario(kind, { durationMs: 5000, settleMs: 3000 }, { [name]: value })));
  });

  it('keeps its books whatever happens to it', () => {
    const atMs = fc.integer({ min: 0, max: 9000 });
    const forMs = fc.integer({ min: 1, max: 4000 });
    const target = fc.constantFrom('group', 'group/1', 'group/2');
    const fault = fc.oneof(
      fc.record({
        kind: fc.constantFrom('client-disconnect', 'client-sleep', 'link-down'),
        atMs,
        forMs,
        target,
      }),
      fc.record({
        kind: fc.constantFrom('server-crash', 'server-pause'),
        atMs,
        forMs,
        target: fc.constant('server-1'),
      }),
      fc.record({ kind: fc.constant('dns-down'), atMs, forMs }),
      fc.record({ kind: fc.constant('network-switch'), atMs, target }),
      fc.record({
        kind: fc.constant('link-change'),
        atMs,
        forMs,
        target,
        set: fc.record({ lossPct: fc.integer({ min: 0, max: 60 }), rttMs: fc.integer({ min: 1, max: 400 }) }),
      }),
      fc.record({
        kind: fc.constantFrom('packet-drop', 'packet-duplicate'),
        atMs,
        target,
        direction: fc.constantFrom('up', 'down'),
        packet: fc.constantFrom('syn', 'synack', 'data', 'any'),
        nth: fc.integer({ min: 1, max: 5 }),
      }),
    );
    fc.assert(
      fc.property(
        fc.array(fault, { maxLength: 6 }),
        fc.boolean(),
        fc.nat(1000),
        fc.constantFrom('none', '1.2', '1.3'),
        (faults, durable, seed, tls) => {
          const result = run(
            scenario(
              kind,
              { faults, seed, durationMs: 10_000, settleMs: 60_000, servers: { durable }, edge: { tls } },
              replaying,
            ),
          );
          accounts(result);
          expect(result.deliveries.duplicates).toBe(0);
          expect(result.deliveries.outOfOrder).toBe(0);
        },
      ),
      { numRuns: cases(60, 3), seed: 4 },
    );
  });
});
