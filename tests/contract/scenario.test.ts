import { describe, expect, test } from 'vitest';
import { PRESETS } from '../../src/scenarios/presets/index.ts';
import type { Report } from '../../src/scenarios/report.ts';
import { createRun, type Run } from '../../src/scenarios/run.ts';
import { type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import { PACKET } from '../../src/trace/kinds.ts';
import { COLUMN, type Keep, type Trace } from '../../src/trace/trace.ts';
import { cases } from '../effort.ts';

function planOf(scenario: ScenarioInput) {
  const validation = validate(scenario);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return validation.plan;
}

/** Runs to the end, `maxEvents` at a time. */
function runOf(scenario: ScenarioInput, keep: Keep = 'fingerprint', maxEvents?: number): Run {
  const run = createRun(planOf(scenario), keep);
  while (!run.done) run.advance(run.endUs, maxEvents);
  return run;
}

const reportOf = (scenario: ScenarioInput, keep?: Keep, maxEvents?: number): Report =>
  runOf(scenario, keep, maxEvents).report(0);

/** What went over access links, as the trace tells it. */
function wireOf(trace: Trace) {
  const table = trace.table('packet.sent');
  const { link, bytes, what, dropsAtUs } = COLUMN['packet.sent'];
  const sum = { packets: 0, bytes: 0, lostPackets: 0 };
  for (let row = 0; row < table.length; row++) {
    if (trace.header?.links[table.get(row, link) >> 1]?.kind !== 'access') continue;
    // A copy that the network makes is nobody's to count as sent.
    if ((table.get(row, what) & PACKET.DUPLICATE) !== 0) continue;
    sum.packets++;
    sum.bytes += table.get(row, bytes);
    if (table.get(row, dropsAtUs) >= 0) sum.lostPackets++;
  }
  return sum;
}

describe.each(PRESETS.map((preset) => [preset.name, preset.scenario] as const))('%s', (_, scenario) => {
  const report = reportOf(scenario);

  test('holds what it expects', () => {
    expect(report.expectations.filter((expectation) => !expectation.ok)).toEqual([]);
  });

  test('accounts for every delivery', () => {
    for (const { deliveries } of [...Object.values(report.groups), report.totals]) {
      expect(deliveries.expected).toBe(deliveries.delivered + deliveries.lost);
      expect(deliveries.latencyMs.count).toBe(deliveries.delivered);
      expect(deliveries.lost).toBeGreaterThanOrEqual(0);
    }
    for (const { clients, neverReady, setupMs } of Object.values(report.groups)) {
      expect(setupMs.count).toBe(clients - neverReady);
    }
  });

  test('is the same again, in slices, and with every record kept, which say of the wire what the report counts', () => {
    // In a quick check one run is both.
    const apart = cases(1, 0) === 1;
    if (apart) expect(reportOf(scenario, 'fingerprint', 997)).toEqual(report);
    const kept = runOf(scenario, 'all', apart ? undefined : 997);
    expect(kept.report(0)).toEqual(report);
    // And what its trace says of the wire is what the report counts.
    expect(report.totals.wire).toMatchObject(wireOf(kept.trace));
  });
});

const QUIET: ScenarioInput = {
  version: 1,
  durationMs: 10_000,
  settleMs: 2_000,
  network: { access: { rttMs: 100 } },
  publishers: [
    { name: 'editor', room: 'doc-123', arrivals: { kind: 'periodic', everyMs: 1_000 }, startMs: 1_000 },
  ],
  clients: [
    { name: 'polling', transport: { kind: 'polling' } },
    { name: 'long-polling', transport: { kind: 'long-polling' } },
    { name: 'sse', transport: { kind: 'sse' } },
    { name: 'websocket', transport: { kind: 'websocket' } },
  ],
};

describe('the contract’s meanings, on a clean link', () => {
  const report = reportOf(QUIET);

  test('publishing is from startMs to durationMs, the end excluded', () => {
    expect(report.totals).toMatchObject({ published: 9, refused: 0 });
  });

  test('every client of the room is to get every message published after it was ready', () => {
    for (const { deliveries } of Object.values(report.groups)) {
      expect(deliveries).toMatchObject({ expected: 9, delivered: 9, lost: 0, duplicates: 0, outOfOrder: 0 });
    }
  });

  test('pushed updates take half a round trip', () => {
    for (const name of ['sse', 'websocket', 'long-polling']) {
      const p50 = report.groups[name]?.deliveries.latencyMs.p50 ?? 0;
      expect(p50).toBeGreaterThan(50);
      expect(p50).toBeLessThan(53);
    }
  });

  test('set-up is DNS and three round trips with TLS 1.3, and a wait for the server’s one core', () => {
    for (const { setupMs } of Object.values(report.groups)) {
      expect(setupMs.p50).toBeGreaterThan(320);
      expect(setupMs.p50).toBeLessThan(345);
    }
  });

  test('a fixed rate of one a second asks twelve times in twelve seconds', () => {
    expect(report.groups.polling?.http.requests).toBeGreaterThanOrEqual(12);
    expect(report.groups.polling?.http.requests).toBeLessThanOrEqual(13);
    expect(report.groups.sse?.http.requests).toBe(1);
    expect(report.groups.websocket?.http.requests).toBe(1);
  });

  test('one connection each', () => {
    for (const { connections } of Object.values(report.groups)) {
      expect(connections).toMatchObject({ attempts: 1, opened: 1, failed: 0, reconnects: 0 });
    }
  });
});
