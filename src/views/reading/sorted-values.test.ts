import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SortedValues } from './sorted-values.ts';

const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b);

test('whatever number of values is asked for, in any order of asking, they are there in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(50), { maxLength: 900 }),
      fc.array(fc.nat(900), { maxLength: 12 }),
      (list, sizes) => {
        const sorted = new SortedValues(
          (index) => list[index] as number,
          () => list.length,
        );
        for (const wanted of sizes) {
          const size = Math.min(wanted, list.length);
          expect([...sorted.first(size)]).toEqual(ascending(list.slice(0, size)));
        }
      },
    ),
  );
});

test('a list that grows meanwhile is followed', () => {
  const list: number[] = [];
  const sorted = new SortedValues(
    (index) => list[index] as number,
    () => list.length,
  );
  expect([...sorted.first(0)]).toEqual([]);
  for (let i = 0; i < 700; i++) {
    list.push((i * 37) % 101);
    if (i % 50 === 0) expect([...sorted.first(list.length)]).toEqual(ascending(list));
  }
});
