import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../src/scenarios/compare/comparison.ts';
import { figuresOf } from '../../src/scenarios/compare/figures.ts';
import { startingComparison } from '../../src/scenarios/compare/start.ts';
import { setText } from '../../src/scenarios/edit.ts';
import { metricPaths, metricScope, metricValue } from '../../src/scenarios/metrics.ts';
import { RACE } from '../../src/scenarios/presets/race.ts';
import type { Report } from '../../src/scenarios/report.ts';
import { createRun } from '../../src/scenarios/run.ts';

const { base, variants } = startingComparison(RACE.scenario);

/** The report of the command line for the same base with the same changes as `--set`. */
function fromCommandLine(set: readonly string[]): Report {
  const args = ['scripts/sim.mjs', '-', '--json', ...set.flatMap((text) => ['--set', text])];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', input: JSON.stringify(base) }));
}

describe('the table of a comparison', () => {
  const plans = variants.map(({ set }) => {
    const applied = applyChanges(base, set);
    if (!applied.ok) throw new Error(applied.problem);
    return applied.plan;
  });
  const reports = variants.map(({ set }) => fromCommandLine(set.map(setText)));

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

  it('sums up groups where everybody is asked for', () => {
    const whole: Report = JSON.parse(
      execFileSync(process.execPath, ['scripts/sim.mjs', 'race', '--json'], { encoding: 'utf8' }),
    );
    const all = figuresOf([whole, null], null);
    const requests = all.find(({ id }) => id === 'http.requests')?.values;
    const sum = Object.values(whole.groups).reduce((total, { http }) => total + http.requests, 0);
    expect(requests).toEqual([sum, null]);
    const sse = figuresOf([whole], 'sse').find(({ id }) => id === 'wire.bytes')?.values;
    expect(sse).toEqual([whole.groups.sse?.wire.bytes]);
    expect(figuresOf([whole], 'nobody').find(({ id }) => id === 'wire.bytes')?.values).toEqual([null]);
  });
});
