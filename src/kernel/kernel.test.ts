import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';
import { Kernel } from './kernel.ts';

describe('event queue', () => {
  it('pops in order of time, and equal times in the order of pushing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), (times) => {
        const queue = new EventQueue();
        times.forEach((time, item) => queue.push(time, item));
        const popped: number[] = [];
        while (queue.length > 0) popped.push(queue.pop());
        const expected = times
          .map((_, item) => item)
          .sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
        expect(popped).toEqual(expected);
      }),
    );
  });

  it('keeps the order of ties beyond the million pushes after which it counts anew', () => {
    const queue = new EventQueue();
    queue.push(2 ** 33 - 1, 1000);
    for (let i = 0; i < (1 << 20) - 3; i++) {
      queue.push(5, i);
      queue.pop();
    }
    for (let i = 0; i < 6; i++) queue.push(7, i);
    const popped = Array.from({ length: 7 }, () => queue.pop());
    expect(popped).toEqual([0, 1, 2, 3, 4, 5, 1000]);
    expect(queue.pop()).toBe(-1);
  });
});

describe('kernel', () => {
  it('does what a sorted list would do, with cancellations and events that schedule events', () => {
    const step = fc.record({
      delay: fc.integer({ min: 0, max: 20 }),
      cancels: fc.option(fc.nat(30)),
      child: fc.nat(8),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const kernel = new Kernel();
        const ran: string[] = [];
        const child = kernel.handler((a) => ran.push(`${kernel.nowUs} child of ${a}`));
        const parent = kernel.handler((a, delay) => {
          ran.push(`${kernel.nowUs} ${a}`);
          kernel.after(delay, child, a);
        });
        const ids = steps.map(({ delay, child: wait }, i) => kernel.at(delay, parent, i, wait));
        const gone = new Set(steps.flatMap(({ cancels }) => (cancels === null ? [] : [cancels])));
        for (const index of gone) kernel.cancel(ids[index] ?? 0);
        kernel.run();

        const expected: [number, number, string][] = [];
        steps.forEach(({ delay }, i) => !gone.has(i) && expected.push([delay, i, `${delay} ${i}`]));
        const parents = expected.slice().sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        parents.forEach(([delay, i], place) => {
          const at = delay + (steps[i] as { child: number }).child;
          expected.push([at, steps.length + place, `${at} child of ${i}`]);
        });
        expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        expect(ran).toEqual(expected.map(([, , text]) => text));
      }),
    );
  });

  it('leaves an event alone that has taken over the place of one cancelled too late', () => {
    const kernel = new Kernel();
    const ran: number[] = [];
    const handler = kernel.handler((a) => ran.push(a));
    const first = kernel.at(1, handler, 1);
    kernel.run(1);
    kernel.at(2, handler, 2);
    kernel.cancel(first);
    kernel.run(2);
    expect(ran).toEqual([1, 2]);
  });

  it('refuses the past, drops what lies past the horizon, and stops after so many events', () => {
    const kernel = new Kernel(100);
    const handler = kernel.handler(() => {});
    expect(kernel.at(101, handler)).toBe(0);
    for (let i = 0; i < 5; i++) kernel.at(10, handler);
    expect(kernel.run(50, 3)).toBe(false);
    expect(kernel.run(50)).toBe(true);
    expect(kernel.executed).toBe(5);
    expect(kernel.nowUs).toBe(50);
    expect(() => kernel.at(49, handler)).toThrow('before now');
  });
});
