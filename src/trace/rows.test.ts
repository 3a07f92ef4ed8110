import { expect, test } from 'vitest';
import { RowsBy } from './rows.ts';
import { COLUMN, KIND, Trace } from './trace.ts';

test('rows of a key at a time, while the table grows', () => {
  const trace = new Trace('all');
  const table = trace.table('message.duplicated');
  const byClient = new RowsBy(table, (row) => table.get(row, COLUMN['message.duplicated'].client) - 1);
  expect(byClient.lastAt(1, 1e9)).toBe(-1);
  for (let i = 0; i < 100; i++) trace.add(KIND['message.duplicated'], i * 10, i, i % 3);
  expect(byClient.of(0).length).toBe(33);
  expect(byClient.lastAt(0, 9)).toBe(-1);
  expect(byClient.lastAt(0, 10)).toBe(1);
  expect(byClient.lastAt(0, 45)).toBe(4);
  expect(byClient.countAt(1, 50)).toBe(2);
  trace.add(KIND['message.duplicated'], 2000, 100, 1);
  expect(byClient.lastAt(0, 5000)).toBe(100);
});
