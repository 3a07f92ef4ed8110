import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAhead, TableReader } from './ahead.ts';
import { RowsBy } from './rows.ts';
import { COLUMN, KIND, Trace } from './trace.ts';

const add = (trace: Trace, rows: number) => {
  const table = trace.table('message.duplicated');
  for (let i = 0; i < rows; i++)
    trace.add(KIND['message.duplicated'], table.length * 10, table.length, i % 3);
};

class Reader extends TableReader {
  readonly taken: number[] = [];
  protected take(row: number): void {
    this.taken.push(row);
  }
  all(): number[] {
    this.catchUp();
    return this.taken;
  }
}

test('whatever was read ahead, and in whatever pieces, the answers are those of who read all at once', () => {
  const steps = fc.array(fc.record({ rows: fc.nat(2000), pieces: fc.nat(6), asks: fc.boolean() }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(steps, (list) => {
      const trace = new Trace('all');
      const table = trace.table('message.duplicated');
      const keyOf = (row: number) => table.get(row, COLUMN['message.duplicated'].client);
      const ahead = new RowsBy(table, keyOf);
      for (const { rows, pieces, asks } of list) {
        add(trace, rows);
        let left = pieces;
        readAhead(trace.tables, () => left-- > 0);
        if (asks) ahead.of(1);
      }
      const atOnce = new RowsBy(table, keyOf);
      for (const key of [0, 1, 2]) expect(ahead.of(key)).toEqual(atOnce.of(key));
    }),
    { numRuns: 30 },
  );
});

test('reading ahead stops when time is up, goes on where it was, and takes each row once', () => {
  const trace = new Trace('all');
  const reader = new Reader(trace.table('message.duplicated'));
  add(trace, 1500);
  let left = 1;
  expect(readAhead(trace.tables, () => left-- > 0)).toBe(false);
  const first = reader.taken.length;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(1500);
  expect(readAhead(trace.tables, () => true)).toBe(true);
  expect(reader.all()).toEqual(Array.from({ length: 1500 }, (_, row) => row));
  add(trace, 10);
  expect(reader.all().length).toBe(1510);
});
