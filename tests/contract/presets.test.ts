import { afterAll, describe, expect, test } from 'vitest';
import { PRESETS } from '../../src/scenarios/presets/index.ts';
import { createRun, type Run } from '../../src/scenarios/run.ts';
import { type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import { PACKET } from '../../src/trace/kinds.ts';
import { COLUMN, type Keep, type Trace } from '../../src/trace/trace.ts';
import { cases, someOf } from '../effort.ts';
import { soundDeliveries, soundNow, soundRecords } from '../views/sound-stories.ts';
import { presetWith, traceOf } from '../views/story-runs.ts';

/** Runs to the end, `maxEvents` at a time. */
function runOf(scenario: ScenarioInput, keep: Keep, maxEvents?: number): Run {
  const validation = validate(scenario);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  const run = createRun(validation.plan, keep);
  while (!run.done) run.advance(run.endUs, maxEvents);
  return run;
}

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

/**
 * Presets that a quick check looks at as closely as any: it makes a second run of them, keeps their records, and asks for
 * stories. Of the others it makes the one run that tells whether they hold what they expect.
 */
const CLOSELY = new Set(someOf(PRESETS, 0.15).map(({ name }) => name));

describe.each(PRESETS.map((preset) => [preset.name, preset.scenario] as const))('%s', (name, scenario) => {
  // In a quick check the run that keeps every record is the one in slices as well.
  const apart = cases(1, 0) === 1;
  const closely = apart || CLOSELY.has(name);
  let kept: Run | null = null;
  const keptRun = () => (kept ??= runOf(scenario, closely ? 'all' : 'none', apart ? undefined : 997));
  const report = () => keptRun().report(0);
  afterAll(() => {
    kept = null;
  });

  test('holds what it expects', () => {
    expect(report().expectations.filter((expectation) => !expectation.ok)).toEqual([]);
  });

  test('accounts for every delivery', () => {
    const { groups, totals } = report();
    for (const { deliveries } of [...Object.values(groups), totals]) {
      expect(deliveries.expected).toBe(deliveries.delivered + deliveries.lost);
      expect(deliveries.latencyMs.count).toBe(deliveries.delivered);
      expect(deliveries.lost).toBeGreaterThanOrEqual(0);
    }
    for (const { clients, neverReady, setupMs } of Object.values(groups)) {
      expect(setupMs.count).toBe(clients - neverReady);
    }
  });

  test.runIf(closely)(
    'is the same again, in slices, and with every record kept, which say of the wire what the report counts',
    () => {
      expect(runOf(scenario, 'fingerprint', apart ? 997 : undefined).report(0)).toEqual(report());
      // And what its trace says of the wire is what the report counts.
      expect(report().totals.wire).toMatchObject(wireOf(keptRun().trace));
    },
  );

  test.runIf(closely)('has a sound story for whatever happened', () => {
    const { trace } = keptRun();
    soundDeliveries(trace, cases(250, 40));
    soundRecords(trace, cases(200, 40));
    soundNow(trace);
    if (!apart) return;
    const other = traceOf(presetWith(name, { seed: 2 }));
    soundDeliveries(other, 250);
    soundRecords(other, 200);
  });
});
