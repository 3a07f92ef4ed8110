import { expect, test } from 'vitest';
import { Curve } from './curve.ts';

const curve = new Curve({ x: 10, y: 20 }, { x: 310, y: 180 });

test('it starts and ends where it should, level', () => {
  expect(curve.at(0)).toMatchObject({ x: 10, y: 20, dx: 1, dy: 0 });
  expect(curve.at(1)).toMatchObject({ x: 310, y: 180, dx: 1, dy: 0 });
  expect(curve.path).toBe('M10,20C160,20,160,180,310,180');
});

test('equal shares are equal lengths', () => {
  const places = Array.from({ length: 101 }, (_, i) => curve.at(i / 100));
  const steps = places.slice(1).map((p, i) => Math.hypot(p.x - places[i]!.x, p.y - places[i]!.y));
  for (const step of steps) expect(Math.abs(step - curve.length / 100)).toBeLessThan(curve.length / 2000);
});

test('aside is to the right of the way', () => {
  const middle = curve.at(0.5);
  const beside = curve.at(0.5, 5);
  expect((beside.x - middle.x) * middle.dx + (beside.y - middle.y) * middle.dy).toBeCloseTo(0, 1);
  expect(beside.y).toBeGreaterThan(middle.y);
});
