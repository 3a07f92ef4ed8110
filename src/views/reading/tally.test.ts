import { expect, test } from 'vitest';
import { COLUMN, KIND, Trace } from '../../trace/trace.ts';
import { Tally } from './tally.ts';

test('counts at any time, in any order of asking, while the table grows', () => {
  const trace = new Trace('all');
  const table = trace.table('message.duplicated');
  const column = COLUMN['message.duplicated'];
  const tally = new Tally(table, 2, (row, counts) => {
    counts[0]! += 1;
    counts[1]! += table.get(row, column.message);
  });
  const brute = (atUs: number) => {
    let rows = 0;
    let sum = 0;
    for (; rows < table.length && table.atUs(rows) <= atUs; rows++) sum += table.get(rows, column.message);
    return [rows, sum];
  };
  expect([...tally.at(10)]).toEqual([0, 0]);
  for (let i = 0; i < 20_000; i++) trace.add(KIND['message.duplicated'], i >> 1, i * 7, 0);
  for (const at of [0, 5, 9_999, 3, 4096, 4095, 2048, 9_000, 20_000, 1]) {
    expect([...tally.at(at)]).toEqual(brute(at));
  }
  for (let i = 0; i < 9_000; i++) trace.add(KIND['message.duplicated'], 20_000 + i, i, 0);
  for (const at of [30_000, 20_500, 15, 24_000]) expect([...tally.at(at)]).toEqual(brute(at));
});
