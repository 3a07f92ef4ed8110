import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FIRST_ID, Stream } from './stream.ts';

const filled = (entries: number, bytes = 100): Stream => {
  const stream = new Stream();
  for (let offset = 0; offset < entries; offset++)
    stream.append(offset, { offset, room: 0, message: offset + 1, bytes });
  return stream;
};

it('gives IDs that only grow, whatever its clock does', () => {
  const stream = new Stream();
  const ids = [5, 5, 3, 9, 9, 1].map(
    (now, offset) => stream.append(now, { offset, room: 0, message: 1, bytes: 10 }).id,
  );
  expect(ids.map(({ ms, seq }) => `${ms}-${seq}`)).toEqual(['5-0', '5-1', '5-2', '9-0', '9-1', '9-2']);
});

it('reads what is behind an ID, in order, up to a count', () => {
  const stream = filled(20);
  expect(stream.after({ ms: 15, seq: 0 }).map(({ message }) => message)).toEqual([17, 18, 19, 20]);
  expect(stream.after(FIRST_ID, 2).map(({ message }) => message)).toEqual([1, 2]);
  expect(stream.after({ ms: 19, seq: 0 })).toEqual([]);
});

it('trims to exactly the length, or keeps up to a node more', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 1, max: 5000 }),
      fc.boolean(),
      (entries, maxLen, bytes, approximate) => {
        const stream = filled(entries, bytes);
        const all = stream.entries;
        const gone = stream.trim(maxLen, approximate);
        expect([...gone, ...stream.entries]).toEqual(all);
        expect(stream.length).toBeGreaterThanOrEqual(Math.min(entries, maxLen));
        expect(stream.length).toBeLessThan(Math.min(entries, maxLen) + (approximate ? 100 : 1));
        const there = (offset: number) => stream.has(offset);
        expect(gone.some(({ offset }) => there(offset))).toBe(false);
        expect(stream.entries.every(({ offset }) => there(offset))).toBe(true);
        // What is trimmed stays trimmed, whatever is asked for.
        expect(stream.after(FIRST_ID)).toEqual(stream.entries);
      },
    ),
  );
});
