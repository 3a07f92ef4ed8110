import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WindowedMax } from './windowed-max.ts';

it('is one of the values of the window, never less than the newest, and the largest while that counts', () => {
  const steps = fc.array(
    fc.record({ later: fc.integer({ min: 0, max: 6 }), value: fc.integer({ min: 0, max: 50 }) }),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(steps, (all) => {
      const max = new WindowedMax(10);
      const seen: { at: number; value: number }[] = [];
      let at = 0;
      for (const { later, value } of all) {
        at += later;
        seen.push({ at, value });
        max.add(at, value);
        const inside = seen.filter((entry) => at - entry.at <= 10).map((entry) => entry.value);
        expect(inside).toContain(max.value);
        expect(max.value).toBeGreaterThanOrEqual(value);
        // What is largest of all, and in the window, is what it says; of lesser ones it may have let some go.
        const largest = Math.max(...seen.map((entry) => entry.value));
        if (inside.includes(largest)) expect(max.value).toBe(largest);
      }
    }),
    { seed: 3 },
  );
});
