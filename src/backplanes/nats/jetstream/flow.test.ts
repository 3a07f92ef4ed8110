import { expect, it } from 'vitest';
import { Flow } from './flow.ts';

it('lets a client that keeps up have twice as much each time, up to 32 MiB', () => {
  const flow = new Flow();
  const MIB = 1_048_576;
  // 2 MiB may be under way at first; over half of it the client is asked.
  expect(flow.sent(MIB)).toBe(0);
  expect(flow.sent(1)).toBe(MIB + 1);
  expect(flow.sent(MIB)).toBe(0);
  expect(flow.open).toBe(false);
  expect(flow.answered(7)).toBe(false);
  expect(flow.answered(MIB + 1)).toBe(true);
  expect(flow.open).toBe(true);
  for (let window = 4; window <= 64; window *= 2) {
    const asked = flow.sent((Math.min(window, 32) / 2) * MIB + 1);
    expect(asked).toBeGreaterThan(0);
    flow.answered(asked);
  }
  flow.sent(32 * MIB);
  expect(flow.open).toBe(true);
  flow.sent(1);
  expect(flow.open).toBe(false);
});
