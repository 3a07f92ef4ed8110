import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRun } from '../../src/scenarios/run.ts';
import { problemsLine, validate } from '../../src/scenarios/validate.ts';
import { cases } from '../effort.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const partial = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { requiredKeys: [] });

const transport = fc.oneof(
  fc.record({
    kind: fc.constant('polling'),
    intervalMs: fc.integer({ min: 10, max: 3_000 }),
    keepAlive: fc.boolean(),
    schedule: fc.constantFrom('fixed-rate', 'after-response'),
  }),
  fc.record({
    kind: fc.constant('long-polling'),
    holdMs: fc.integer({ min: 10, max: 10_000 }),
    keepAlive: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('sse'), retryMs: fc.integer({ min: 0, max: 5_000 }), perRoom: fc.boolean() }),
  fc.record({
    kind: fc.constant('websocket'),
    pingIntervalMs: fc.option(fc.integer({ min: 200, max: 5_000 })),
    pongTimeoutMs: fc.integer({ min: 100, max: 5_000 }),
    resume: fc.boolean(),
  }),
);

const link = partial({
  rttMs: number(0, 500),
  jitterMs: number(0, 100),
  jitterDistribution: fc.constantFrom('uniform', 'normal', 'pareto'),
  lossPct: fc.constantFrom(0, 1, 5, 30, 100),
  lossModel: fc.option(fc.record({ kind: fc.constant('gilbert-elliott'), p: number(0, 1), r: number(0, 1) })),
  rateKbps: fc.option(fc.constantFrom(8, 64, 1_000, 100_000)),
  queueBytes: fc.constantFrom(1_500, 3_000, 64_000),
  duplicatePct: fc.constantFrom(0, 5, 100),
  reorderPct: fc.constantFrom(0, 10, 100),
});

const atMs = fc.integer({ min: 0, max: 20_000 });
const span = { atMs, forMs: fc.option(fc.integer({ min: 0, max: 10_000 })) };
const target = fc.constantFrom(null, 'group-1', 'group-1/1');
const packet = {
  atMs,
  target,
  direction: fc.constantFrom('up', 'down'),
  packet: fc.constantFrom('syn', 'synack', 'data', 'any'),
  nth: fc.integer({ min: 1, max: 5 }),
};
const fault = fc.oneof(
  fc.record({
    kind: fc.constant('link-change'),
    ...span,
    target,
    set: link.filter((set) => Object.keys(set).length > 0),
  }),
  fc.record({
    kind: fc.constant('link-down'),
    ...span,
    target,
    direction: fc.constantFrom('both', 'up', 'down'),
  }),
  fc.record({ kind: fc.constantFrom('server-crash', 'server-pause', 'dns-down'), ...span }),
  fc.record({ kind: fc.constantFrom('load-balancer-crash', 'load-balancer-pause'), ...span }),
  fc.record({ kind: fc.constantFrom('client-disconnect', 'client-sleep'), ...span, target }),
  fc.record({ kind: fc.constant('network-switch'), atMs, target }),
  fc.record({ kind: fc.constant('publish'), atMs, text: fc.constantFrom('a', 'hello') }),
  fc.record({ kind: fc.constant('packet-delay'), ...packet, byMs: fc.integer({ min: 0, max: 5_000 }) }),
  fc.record({ kind: fc.constantFrom('packet-drop', 'packet-duplicate'), ...packet }),
);

const arrivals = fc.oneof(
  fc.record({ kind: fc.constant('poisson'), perSecond: fc.constantFrom(0.5, 5, 50) }),
  fc.record({ kind: fc.constant('periodic'), everyMs: fc.constantFrom(20, 333.3, 5_000) }),
  fc.record({
    kind: fc.constant('burst'),
    everyMs: fc.constant(2_000),
    size: fc.integer({ min: 1, max: 50 }),
  }),
  fc.record({
    kind: fc.constant('at'),
    timesMs: fc.array(fc.integer({ min: 0, max: 12_000 }), { maxLength: 10 }),
  }),
);
const publisher = fc.record({
  room: fc.constantFrom('a', 'b', 'c'),
  startMs: fc.constantFrom(0, 2_000),
  arrivals,
  bytes: fc.constantFrom(1, 100, 20_000),
  text: fc.constantFrom(null, 'hello '),
});
const group = fc.record({
  count: fc.integer({ min: 1, max: 4 }),
  startMs: fc.constantFrom(0, 3_000),
  startSpreadMs: fc.constantFrom(0, 1_000),
  rooms: fc.constantFrom(['a'], ['a', 'b'], ['b', 'c', 'a']),
  transport,
  reconnect: partial({
    kind: fc.constantFrom('none', 'fixed', 'exponential'),
    baseMs: fc.constantFrom(10, 1_000),
    jitter: fc.constantFrom('none', 'full', 'equal', 'decorrelated'),
    maxAttempts: fc.constantFrom(null, 0, 3),
  }),
});
const named = <T>(items: fc.Arbitrary<T>, name: string) =>
  fc
    .array(items, { minLength: 1, maxLength: 3 })
    .map((list) => list.map((item, index) => ({ ...item, name: `${name}-${index + 1}` })));

const loadBalancer = fc.oneof(
  fc.record({
    kind: fc.constant('layer-4'),
    idleTimeoutMs: fc.constantFrom(300, 2_000, 350_000),
    forgetUnhealthy: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('layer-7'),
    idleTimeoutMs: fc.constantFrom(300, 2_000, 60_000),
    stickiness: fc.constantFrom('none', 'cookie'),
    bufferBytes: fc.constantFrom(null, 1, 4_096),
    upgrade: fc.constantFrom('passed', 'passed', 'removed'),
  }),
);

const proxy = fc.record({
  kind: fc.constant('intercepting'),
  upgrade: fc.constantFrom('passed', 'passed', 'removed', 'refused'),
  responses: fc.constantFrom('streamed', 'streamed', 'buffered'),
  idleTimeoutMs: fc.constantFrom(300, 2_000, 900_000),
  keepAliveTimeoutMs: fc.constantFrom(300, 120_000),
});

const anyScenario = fc.record({
  version: fc.constant(1),
  seed: fc.nat(),
  durationMs: fc.constant(10_000),
  settleMs: fc.constant(10_000),
  network: fc.record({
    access: link,
    dns: fc.record({
      lookupMs: fc.constantFrom(0, 20, 7_000),
      ttlMs: fc.constantFrom(0, 1_000, 60_000),
      lossPct: fc.constantFrom(0, 0, 20),
    }),
  }),
  edge: fc.record({
    tls: fc.constantFrom('none', '1.2', '1.3'),
    tlsResumption: fc.boolean(),
    loadBalancer: fc.option(loadBalancer),
    proxy: fc.option(proxy),
  }),
  servers: fc.record({
    durable: fc.boolean(),
    replayBuffer: fc.record({ messages: fc.constantFrom(0, 3, 1_000) }),
    keepAliveTimeoutMs: fc.constantFrom(1, 500, 5_000),
    threads: fc.constantFrom(null, null, 1, 4),
    threadQueue: fc.constantFrom(null, 0, 2),
  }),
  publishers: named(publisher, 'publisher'),
  clients: named(group, 'group'),
  faults: fc.array(fault, { maxLength: 5 }),
});

/** Without a load balancer nothing can happen to it. */
const scenario = anyScenario.map((input) => ({
  ...input,
  faults: input.faults.filter(
    ({ kind }) => input.edge.loadBalancer !== null || !kind.startsWith('load-balancer-'),
  ),
}));

test('whatever a scenario holds, the run ends, adds up, and is the same again', () => {
  fc.assert(
    fc.property(scenario, (input) => {
      const validation = validate(input);
      if (!validation.ok) throw new Error(problemsLine(validation.problems));
      const run = createRun(validation.plan, 'all');
      for (let slice = 0; !run.done; slice++) {
        run.advance(run.endUs, 100_000);
        expect(slice).toBeLessThan(50);
      }
      const report = run.report();
      for (const { clients, neverReady, deliveries, setupMs, connections, wire } of Object.values(
        report.groups,
      )) {
        expect(deliveries.expected).toBe(deliveries.delivered + deliveries.lost);
        expect(deliveries.lost).toBeGreaterThanOrEqual(0);
        expect(deliveries.latencyMs.count).toBe(deliveries.delivered);
        expect(deliveries.latencyMs.min ?? 0).toBeGreaterThanOrEqual(0);
        expect(deliveries).toMatchObject({ duplicates: 0, outOfOrder: 0 });
        expect(setupMs.count).toBe(clients - neverReady);
        expect(connections.opened + connections.failed).toBeLessThanOrEqual(connections.attempts);
        expect(wire.lostPackets).toBeLessThanOrEqual(wire.packets);
      }
      const again = createRun(validation.plan, 'fingerprint');
      while (!again.done) again.advance(again.endUs, 1_777);
      expect(again.report()).toEqual(report);
    }),
    { numRuns: cases(40, 2) },
  );
}, 600_000);
