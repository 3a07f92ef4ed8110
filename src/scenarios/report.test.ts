import { expect, test } from 'vitest';
import type { GroupFacts, RunFacts } from '../engine/contract/facts.ts';
import { metricPaths, metricProblem, metricScope, metricValue } from './metrics.ts';
import { RACE } from './presets/race.ts';
import { allHold, reportOf } from './report.ts';
import { validate } from './validate.ts';

const groupFacts = (name: string, latencyUs: number[]): GroupFacts => ({
  name,
  clients: 1,
  neverReady: 0,
  expected: 3,
  delivered: latencyUs.length,
  duplicates: 0,
  outOfOrder: 0,
  deduplicated: 0,
  missed: 0,
  recovered: 0,
  bySnapshot: 0,
  snapshots: { asked: 0, applied: 0, bytes: 0 },
  latencyUs,
  setupUs: [150_000],
  http: {
    requests: 7,
    emptyResponses: 2,
    responses: { firstByteUs: [101_000, 103_000], lastByteUs: [150_000] },
  },
  dns: { answers: 2, cached: 1, repeated: 3, lookupUs: 20_500 },
  held: { holes: 1, us: 1_500 },
  connections: { attempts: 1, opened: 1, failed: 0, closed: 0, reconnects: 0 },
  wire: { packets: 10, bytes: 1_000, lostPackets: 1, retransmissions: 1 },
});

const facts: RunFacts = {
  groups: ['polling', 'long-polling', 'sse', 'websocket'].map((name, index) =>
    groupFacts(name, index === 3 ? [] : [50_000, 60_000 + index]),
  ),
  published: 3,
  refused: 0,
  servers: [
    {
      name: 'server-1',
      busyUs: 1_500,
      requests: 9,
      handshakes: 4,
      sends: 12,
      repeated: 0,
      connectionsOpen: 4,
      connectionsPeak: 5,
      queuedPeakUs: 2_500,
      threadsPeak: 9,
      threadWaitPeakUs: 3_500,
      requestsRefused: 10,
      crashes: 0,
      sentAway: 0,
      snapshots: 0,
      snapshotBytes: 0,
      stateLoads: 0,
    },
  ],
  loadBalancer: null,
  proxy: null,
  backplane: {
    kind: 'direct',
    published: 3,
    forwarded: 3,
    handed: 3,
    appended: 0,
    redelivered: 0,
    dropped: 0,
    movedClients: 0,
    misrouted: 0,
    busyUs: 1_500,
    queuedPeakUs: 250,
    wire: { packets: 0, bytes: 0, lostPackets: 0, retransmissions: 0 },
  },
  topics: { topics: 1, subscriptions: 0, publishes: 3, reads: 0 },
  events: 1_000,
  fingerprint: '0123456789abcdef',
};

function planWith(expectations: object[]) {
  const validation = validate({ ...RACE.scenario, expect: expectations });
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return validation.plan;
}

const report = reportOf(planWith([]), facts, 12.5);

test('has the contract’s keys, in its order', () => {
  expect(Object.keys(report)).toEqual([
    'scenario',
    'groups',
    'totals',
    'servers',
    'backplane',
    'topics',
    'expectations',
    'engine',
  ]);
  expect(Object.keys(report.groups)).toEqual(['polling', 'long-polling', 'sse', 'websocket']);
  const group = report.groups.sse;
  expect(Object.keys(group ?? {})).toEqual([
    'clients',
    'neverReady',
    'deliveries',
    'setupMs',
    'http',
    'dns',
    'connections',
    'held',
    'wire',
    'snapshots',
  ]);
  expect(Object.keys(group?.deliveries ?? {})).toEqual([
    'expected',
    'delivered',
    'lost',
    'duplicates',
    'outOfOrder',
    'deduplicated',
    'missed',
    'recovered',
    'bySnapshot',
    'latencyMs',
  ]);
  expect(Object.keys(group?.setupMs ?? {})).toEqual([
    'count',
    'mean',
    'sd',
    'min',
    'p50',
    'p90',
    'p95',
    'p99',
    'max',
    'quantiles',
  ]);
  expect(Object.keys(report.totals)).toEqual(['published', 'refused', 'deliveries', 'setupMs', 'wire']);
  expect(Object.keys(report.engine)).toEqual(['events', 'fingerprint', 'wallMs']);
  expect(report.engine.wallMs).toBe(12.5);
});

test('totals are those of all groups together', () => {
  expect(report.groups.sse).toMatchObject({
    dns: { answers: 2, cached: 1, repeated: 3, lookupMs: 20.5 },
    held: { holes: 1, ms: 1.5 },
  });
  expect(report.totals.setupMs).toMatchObject({ count: 4, p50: 150 });
  expect(report.totals.deliveries).toMatchObject({ expected: 12, delivered: 6, lost: 6 });
  expect(report.totals.deliveries.latencyMs).toMatchObject({ count: 6, min: 50, max: 60.002 });
  expect(report.totals.wire).toEqual({ packets: 40, bytes: 4_000, lostPackets: 4, retransmissions: 4 });
  expect(report.servers['server-1']).toMatchObject({ busyMs: 1.5, queuedPeakMs: 2.5 });
});

test('expectations are judged; no sample fails', () => {
  const plan = planWith([
    { metric: 'groups.sse.deliveries.latencyMs.p99', max: 60.002 },
    { metric: 'groups.sse.deliveries.latencyMs.p99', max: 60 },
    { metric: 'totals.published', min: 3, max: 3 },
    { metric: 'groups.websocket.deliveries.latencyMs.p99', max: 400 },
  ]);
  const judged = reportOf(plan, facts, 0);
  expect(judged.expectations).toEqual([
    { metric: 'groups.sse.deliveries.latencyMs.p99', min: null, max: 60.002, actual: 60.002, ok: true },
    { metric: 'groups.sse.deliveries.latencyMs.p99', min: null, max: 60, actual: 60.002, ok: false },
    { metric: 'totals.published', min: 3, max: 3, actual: 3, ok: true },
    { metric: 'groups.websocket.deliveries.latencyMs.p99', min: null, max: 400, actual: null, ok: false },
  ]);
  expect(allHold(judged)).toBe(false);
  expect(allHold(report)).toBe(true);
});

/** Paths of all numbers and nulls of a value; lists by index. */
function leaves(value: unknown, path: string): string[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) =>
      leaves(inner, path === '' ? key : `${path}.${key}`),
    );
  }
  return typeof value === 'string' ? [] : [path];
}

test('every number of a report has a path, and every path leads to a number', () => {
  const paths = metricPaths(metricScope(planWith([])));
  const found = leaves(report, '').filter(
    (path) => !path.startsWith('scenario.') && path !== 'engine.wallMs',
  );
  // Quantiles of a group without samples are one null, not a hundred and one.
  const withoutSamples = (path: string) => path.startsWith('groups.websocket.deliveries.latencyMs.quantiles');
  expect(found.filter((path) => !withoutSamples(path))).toEqual(
    paths.filter((path) => !withoutSamples(path)),
  );
  for (const path of paths) expect(metricProblem(path, metricScope(planWith([])))).toBeNull();
  expect(metricValue(report, 'totals.deliveries.latencyMs.quantiles[0]')).toBe(50);
  expect(metricValue(report, 'totals.toString')).toBeNull();
  expect(metricValue(report, '__proto__.x')).toBeNull();
});
