import { describe, expect, it } from 'vitest';
import { commandLine } from '../../src/cli/command-line.ts';
import { applyChanges } from '../../src/scenarios/compare/comparison.ts';
import { figuresOf } from '../../src/scenarios/compare/figures.ts';
import { startingComparison } from '../../src/scenarios/compare/start.ts';
import { setText } from '../../src/scenarios/edit.ts';
import { metricPaths, metricScope, metricValue } from '../../src/scenarios/metrics.ts';
import { findPreset } from '../../src/scenarios/presets/index.ts';
import { RACE } from '../../src/scenarios/presets/race.ts';
import type { Report } from '../../src/scenarios/report.ts';
import { createRun } from '../../src/scenarios/run.ts';
import { validate } from '../../src/scenarios/validate.ts';

const { base, variants } = startingComparison(RACE.scenario);

/** The report of the command line for the same base with the same changes as `--set`. */
async function fromCommandLine(set: readonly string[]): Promise<Report> {
  const args = ['-', '--json', ...set.flatMap((text) => ['--set', text])];
  const { output } = await commandLine(args, async function* () {
    yield Buffer.from(JSON.stringify(base));
  });
  return JSON.parse(output);
}

describe('the table of a comparison', async () => {
  const plans = variants.map(({ set }) => {
    const applied = applyChanges(base, set);
    if (!applied.ok) throw new Error(applied.problem);
    return applied.plan;
  });
  const reports = await Promise.all(variants.map(({ set }) => fromCommandLine(set.map(setText))));

  it('is made of the very runs that the command line makes', () => {
    plans.forEach((plan, index) => {
      const run = createRun(plan, 'fingerprint');
      while (!run.done) run.advance(run.endUs);
      expect(run.trace.fingerprint).toBe(reports[index]?.engine.fingerprint);
    });
  });

  it('has the figures of the command line’s report, row by row', () => {
    const figures = figuresOf(reports, null);
    for (const { id, values } of figures) {
      const path = id.startsWith('totals.') || id.startsWith('backplane.') ? id : `groups.reader.${id}`;
      const known = metricPaths(metricScope(plans[0]!)).includes(path);
      if (known) expect([id, values]).toEqual([id, reports.map((report) => metricValue(report, path))]);
    }
    const of = (id: string) => figures.find((figure) => figure.id === id)?.values;
    expect(of('servers.busyMs')).toEqual(reports.map(({ servers }) => servers['server-1']?.busyMs));
    expect(of('bytesPerDelivery')).toEqual(
      reports.map(({ totals }) => totals.wire.bytes / totals.deliveries.delivered),
    );
  });

  it('sums up groups where everybody is asked for', async () => {
    const { output } = await commandLine(['race', '--json'], () => process.stdin);
    const whole: Report = JSON.parse(output);
    const all = figuresOf([whole, null], null);
    const requests = all.find(({ id }) => id === 'http.requests')?.values;
    const sum = Object.values(whole.groups).reduce((total, { http }) => total + http.requests, 0);
    expect(requests).toEqual([sum, null]);
    const sse = figuresOf([whole], 'sse').find(({ id }) => id === 'wire.bytes')?.values;
    expect(sse).toEqual([whole.groups.sse?.wire.bytes]);
    expect(figuresOf([whole], 'nobody').find(({ id }) => id === 'wire.bytes')?.values).toEqual([null]);
  });

  it('says how servers came off with their threads where any variant has a pool, and nowhere else', () => {
    const scenario = findPreset('thread-per-request')?.scenario;
    const made = (servers: object) => {
      const checked = validate({ ...scenario, durationMs: 15_000, settleMs: 0, servers, expect: [] });
      if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
      const run = createRun(checked.plan, 'none');
      run.advance(run.endUs);
      return run.report(0);
    };
    const loop = made({ threads: null });
    const [wide, narrow] = [made({ count: 2, threads: 26 }), made({ threads: 3, threadQueue: 5 })];
    const threads = (all: Report[]) =>
      Object.fromEntries(
        figuresOf(all, null).flatMap(({ id, values }) => (/hread|Refused/.test(id) ? [[id, values]] : [])),
      );
    const most = (report: Report, key: 'threadsPeak' | 'threadWaitPeakMs') =>
      Math.max(...Object.values(report.servers).map((server) => server[key]));
    expect(threads([loop, loop])).toEqual({});
    expect(threads([loop, wide])).toEqual({
      'servers.threadsPeak': [0, most(wide, 'threadsPeak')],
      'servers.threadWaitPeakMs': [0, 0],
      'servers.requestsRefused': [0, 0],
    });
    expect(threads([loop, narrow])).toEqual({
      'servers.threadsPeak': [0, 3],
      'servers.threadWaitPeakMs': [0, most(narrow, 'threadWaitPeakMs')],
      'servers.requestsRefused': [0, narrow.servers['server-1']?.requestsRefused],
    });
    expect(most(narrow, 'threadWaitPeakMs')).toBeGreaterThan(1_000);
    expect(narrow.servers['server-1']?.requestsRefused).toBeGreaterThan(0);
  });
});
