import { expect, test } from 'vitest';
import { Recent } from './recent.ts';

test('what is asked for again and again is looked up once, however much else is', () => {
  const lookedUp: number[] = [];
  const recent = new Recent<string>(10);
  const of = (key: number) =>
    recent.of(key, () => {
      lookedUp.push(key);
      return `value of ${key}`;
    });
  for (let key = 1; key <= 100; key++) expect([of(0), of(key)]).toEqual(['value of 0', `value of ${key}`]);
  expect(lookedUp).toEqual(Array.from({ length: 101 }, (_, key) => key));
});

test('what nobody asks for is forgotten', () => {
  let lookedUp = 0;
  const recent = new Recent<number>(10);
  for (let round = 0; round < 2; round++) for (let key = 0; key < 30; key++) recent.of(key, () => ++lookedUp);
  expect(lookedUp).toBe(60);
});
