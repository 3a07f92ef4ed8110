import { expect, test } from 'vitest';
import { findPreset } from './presets/index.ts';
import { createRun } from './run.ts';
import { validate } from './validate.ts';

test('wherever a piece of a run ends, nothing is added to what is known by then', () => {
  const validation = validate(findPreset('race')?.scenario);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  const run = createRun(validation.plan, 'all');
  const { trace } = run;
  const recordsUntil = (atUs: number) => trace.tables.reduce((sum, table) => sum + table.firstAfter(atUs), 0);
  const known: [atUs: number, records: number][] = [];
  for (let piece = 0; !run.done; piece++) {
    run.advance(run.endUs, 1 + (piece % 7));
    known.push([trace.knownUntilUs, recordsUntil(trace.knownUntilUs)]);
  }
  expect(trace.knownUntilUs).toBe(run.endUs);
  const changed = known.filter(([atUs, records]) => atUs > 0 && recordsUntil(atUs) !== records);
  expect(changed).toEqual([]);
  expect(known.every(([atUs], i) => atUs >= (known[i - 1]?.[0] ?? 0))).toBe(true);
});
