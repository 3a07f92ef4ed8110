import fc from 'fast-check';
import { it } from 'vitest';
import { holds, same } from '../../../tests/holds.ts';
import { ReceiveQueue } from './receive-queue.ts';

/** A segment arrives, as takeData() has it: old, in order, or beyond a hole. */
function arrive(queue: ReceiveQueue, start: number, end: number): void {
  if (end <= queue.next) queue.reportTwice(start, end);
  else if (start > queue.next) queue.hold(start, end);
  else {
    if (start < queue.next) queue.reportTwice(start, queue.next);
    queue.append(end);
  }
}

const bytes = (start: number, end: number) => Array.from({ length: end - start }, (_, i) => start + i);

it('keeps what came, and reports twice what came twice, and nothing else (RFC 2018, RFC 2883)', () => {
  const segment = fc.record({
    start: fc.integer({ min: 0, max: 30 }),
    length: fc.integer({ min: 1, max: 8 }),
  });
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 25 }), (segments) => {
      const queue = new ReceiveQueue();
      const there = new Set<number>();
      for (const { start, length } of segments) {
        const end = start + length;
        const again = bytes(start, end).filter((byte) => there.has(byte));
        arrive(queue, start, end);
        for (const byte of bytes(start, end)) there.add(byte);
        let next = 0;
        while (there.has(next)) next++;
        same(queue.next, next);
        same(queue.heldBytes, [...there].filter((byte) => byte >= next).length);
        const blocks = queue.takeBlocks() ?? [];
        const [first, last] = blocks as [number, number];
        // The lowest of what came twice in a row; a second row finds no room in the report.
        if (again.length > 0) same(bytes(first, last), firstRun(again));
        for (let b = again.length > 0 ? 2 : 0; b < blocks.length; b += 2) {
          const [from, to] = [blocks[b] as number, blocks[b + 1] as number];
          holds(from > next, () => `the block ${from}…${to} is not beyond ${next}`);
          holds(
            bytes(from, to).every((byte) => there.has(byte)),
            () => `not all of ${from}…${to} is there`,
          );
        }
        // RFC 2018 §4: the first block that is no DSACK tells of what has just come, if that is beyond a hole.
        if (start > next) {
          const at = again.length > 0 ? 2 : 0;
          const [from, to] = [blocks[at] as number, blocks[at + 1] as number];
          holds(from <= start && to >= end, () => `${start}…${end} is not in ${from}…${to}`);
        }
      }
    }),
    { seed: 11, numRuns: 400 },
  );
});

function firstRun(sorted: readonly number[]): number[] {
  const gap = sorted.findIndex((byte, i) => i > 0 && byte !== (sorted[i - 1] as number) + 1);
  return gap < 0 ? [...sorted] : sorted.slice(0, gap);
}
