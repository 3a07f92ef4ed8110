import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/scenarios/report.ts';
import { createRun } from '../../src/scenarios/run.ts';
import { type ScenarioInput, validate } from '../../src/scenarios/validate.ts';

function reportOf(scenario: ScenarioInput): Report {
  const validation = validate(scenario);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  const run = createRun(validation.plan, 'fingerprint');
  run.advance(run.endUs);
  return run.report(0);
}

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
