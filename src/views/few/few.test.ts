import { expect, test } from 'vitest';
import { fewOf } from './few.tsx';

test('a short list is drawn whole, of a long one the first twelve', () => {
  expect(fewOf(0, -1)).toEqual([]);
  expect(fewOf(12, -1)).toHaveLength(12);
  expect(fewOf(13, -1)).toHaveLength(13);
  expect(fewOf(200, -1)).toEqual(Array.from({ length: 12 }, (_, i) => i));
});

test('what is selected is among them, once', () => {
  expect(fewOf(200, 150)).toEqual([...fewOf(200, -1), 150]);
  expect(fewOf(200, 3)).toEqual(fewOf(200, -1));
  expect(fewOf(12, 11)).toHaveLength(12);
});
