import fc from 'fast-check';
import { expect, test } from 'vitest';
import { marksOf } from './marks.ts';

test('the least is the best where less is better, and all that share a place share the mark', () => {
  expect(marksOf([3, 1, 2, 1], 'less')).toEqual(['worst', 'best', null, 'best']);
  expect(marksOf([3, 1, 2, 3], 'more')).toEqual(['best', 'worst', null, 'best']);
});

test('nothing is marked where all are alike, unknown, or no merit', () => {
  expect(marksOf([5, 5, 5], 'less')).toEqual([null, null, null]);
  expect(marksOf([5, null], 'less')).toEqual([null, null]);
  expect(marksOf([5, 7], null)).toEqual([null, null]);
  expect(marksOf([null, 7, 5], 'less')).toEqual([null, 'worst', 'best']);
});

test('a marked figure is never better than the best or worse than the worst', () => {
  const values = fc.array(fc.option(fc.nat(20), { nil: null }), { maxLength: 8 });
  fc.assert(
    fc.property(values, fc.constantFrom('less' as const, 'more' as const), (row, better) => {
      const marks = marksOf(row, better);
      const of = (mark: string) => row.filter((_, index) => marks[index] === mark);
      const known = row.filter((value) => value !== null);
      for (const best of of('best'))
        for (const value of known) expect(better === 'less' ? best! <= value : best! >= value).toBe(true);
      for (const worst of of('worst'))
        for (const value of known) expect(better === 'less' ? worst! >= value : worst! <= value).toBe(true);
    }),
  );
});
