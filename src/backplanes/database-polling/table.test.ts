import { expect, it } from 'vitest';
import { type Row, Table } from './table.ts';

const row = (id: number, createdUs: number, committedUs = 0): Row => ({
  id,
  createdUs,
  room: 0,
  message: id,
  bytes: 10,
  committedUs,
  dueUs: 0,
});
const ids = (rows: readonly Row[]) => rows.map(({ id }) => id);

it('shows what is committed behind a cursor, and the open ones when it has moved past them', () => {
  const table = new Table(({ id }) => id, false);
  const open = row(2, 20, -1);
  for (const each of [row(1, 10), open, row(3, 30)]) table.insert(each);
  expect(ids(table.select(0, 10))).toEqual([1, 3]);
  expect(ids(table.select(0, 1))).toEqual([1]);
  expect(ids(table.passed(1, 3))).toEqual([2, 3]);
  open.committedUs = 40;
  // It is there now, and no cursor that has seen 3 will come to it.
  expect(ids(table.select(3, 10))).toEqual([]);
  expect(table.isBehind(open, 3)).toBe(true);
});

it('has rows of one time together: > leaves those that were not there yet, >= takes all of them again', () => {
  for (const [inclusive, again] of [
    [false, [4]],
    [true, [2, 3, 4]],
  ] as const) {
    const table = new Table(({ createdUs }) => createdUs, inclusive);
    for (const each of [row(1, 10), row(2, 20), row(3, 20), row(4, 30)]) table.insert(each);
    expect(ids(table.select(20, 10))).toEqual(again);
    expect(table.isBehind(row(5, 20), 20)).toBe(!inclusive);
  }
});

it('leaves out what is younger than asked for, and rolls back what is open', () => {
  const table = new Table(({ id }) => id, false);
  for (const each of [row(1, 10), row(2, 20), row(3, 30, -1)]) table.insert(each);
  expect(ids(table.select(0, 10, 15))).toEqual([1]);
  expect(table.lastKey()).toBe(2);
  expect(ids(table.rollBack())).toEqual([3]);
  expect(ids(table.rows)).toEqual([1, 2]);
});
