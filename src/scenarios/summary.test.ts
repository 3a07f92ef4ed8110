import fc from 'fast-check';
import { expect, test } from 'vitest';
import { summarise } from './summary.ts';

/** The definition: the smallest sample that at least so many per cent of all samples do not exceed. */
function quantileByDefinition(samples: readonly number[], percent: number): number {
  const reached = samples.filter(
    (sample) => samples.filter((other) => other <= sample).length * 100 >= percent * samples.length,
  );
  return Math.min(...reached);
}

test('quantiles are nearest rank', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5_000_000), { minLength: 1, maxLength: 120 }), (samples) => {
      const summary = summarise(samples);
      const expected = Array.from(
        { length: 101 },
        (_, percent) => quantileByDefinition(samples, percent) / 1000,
      );
      expect(summary.quantiles).toEqual(expected);
      expect([summary.min, summary.p50, summary.p90, summary.p95, summary.p99, summary.max]).toEqual(
        [0, 50, 90, 95, 99, 100].map((percent) => expected[percent]),
      );
    }),
  );
});

test('mean and standard deviation of a sample', () => {
  expect(summarise([2_000, 4_000, 4_000, 4_000, 5_000, 5_000, 7_000, 9_000])).toMatchObject({
    count: 8,
    mean: 5,
    sd: Math.sqrt(32 / 7),
  });
});

test('one sample has no spread', () => {
  expect(summarise([1_500])).toMatchObject({ count: 1, mean: 1.5, sd: 0, min: 1.5, p99: 1.5, max: 1.5 });
});

test('no sample: every key, all null', () => {
  expect(summarise([])).toEqual({
    count: 0,
    mean: null,
    sd: null,
    min: null,
    p50: null,
    p90: null,
    p95: null,
    p99: null,
    max: null,
    quantiles: null,
  });
});
