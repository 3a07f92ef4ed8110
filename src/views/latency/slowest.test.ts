import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Slowest } from './slowest.ts';

test('of any head of the list, in any order of asking, the slowest are told, of those alike the earliest', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(40), { maxLength: 900 }),
      fc.array(fc.nat(900), { maxLength: 12 }),
      (latencies, heads) => {
        const rows = latencies.map((_, row) => row);
        const slowest = new Slowest(3, (row) => latencies[row] as number);
        for (const wanted of heads) {
          const count = Math.min(wanted, rows.length);
          const expected = rows
            .slice(0, count)
            .sort((a, b) => (latencies[b] as number) - (latencies[a] as number) || a - b)
            .slice(0, 3);
          expect(slowest.of(rows, count)).toEqual(expected);
        }
      },
    ),
  );
});
