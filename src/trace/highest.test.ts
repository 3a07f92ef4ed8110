import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cases } from '../../tests/effort.ts';
import { readAhead } from './ahead.ts';
import { HighestBy } from './highest.ts';
import { COLUMN, KIND, Trace } from './trace.ts';

const { server, queuedUs } = COLUMN['server.worked'];

const someRows = fc.array(
  fc.record({ server: fc.integer({ min: -1, max: 2 }), us: fc.nat({ max: 20 }), gapUs: fc.nat({ max: 2 }) }),
  { maxLength: 60 },
);

test('the highest up to any time is what going over all rows would find, however the table grew', () => {
  fc.assert(
    fc.property(someRows, fc.nat(59), (rows, askedAfter) => {
      const trace = new Trace('all');
      const table = trace.table('server.worked');
      const highest = new HighestBy(
        table,
        (row) => table.get(row, server),
        (row) => table.get(row, queuedUs),
      );
      let atUs = 0;
      rows.forEach((row, index) => {
        trace.add(KIND['server.worked'], (atUs += row.gapUs), row.server, 0, row.us);
        if (index === askedAfter) highest.at(0, atUs);
      });
      readAhead([table], () => true);
      for (let at = -1; at <= atUs + 1; at++)
        for (const key of [0, 1, 2]) {
          let best = -1;
          for (let row = 0; row < table.length && table.atUs(row) <= at; row++)
            if (
              table.get(row, server) === key &&
              (best < 0 || table.get(row, queuedUs) > table.get(best, queuedUs))
            )
              best = row;
          if (highest.at(key, at) !== best)
            throw new Error(`${key} at ${at}: ${highest.at(key, at)}, not ${best}`);
        }
    }),
    { numRuns: cases(200, 50) },
  );
});

test('an empty table has no highest row', () => {
  const table = new Trace('all').table('server.worked');
  expect(
    new HighestBy(
      table,
      () => 0,
      () => 0,
    ).at(0, 1e9),
  ).toBe(-1);
});
