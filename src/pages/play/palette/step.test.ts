import { expect, test } from 'vitest';
import { stepped } from './step.ts';

test('arrows go round at the ends, page keys stop there, and other keys lead nowhere', () => {
  expect([stepped('ArrowDown', 1, 3), stepped('ArrowDown', 2, 3)]).toEqual([2, 0]);
  expect([stepped('ArrowUp', 1, 3), stepped('ArrowUp', 0, 3)]).toEqual([0, 2]);
  expect([stepped('PageDown', 1, 20), stepped('PageDown', 15, 20)]).toEqual([9, 19]);
  expect([stepped('PageUp', 15, 20), stepped('PageUp', 3, 20)]).toEqual([7, 0]);
  expect(stepped('Home', 1, 3)).toBeUndefined();
});

test.each(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp'])(
  '%s stays at the start of a list without options',
  (key) => {
    expect(stepped(key, 0, 0)).toBe(0);
  },
);
