import { describe, expect, it } from 'vitest';
import { randomStream } from './random.ts';

const N = 200_000;
const draw = (of: () => number) => Array.from({ length: N }, of);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('random streams', () => {
  it('give the same numbers for the same seed and name, and others for any other', () => {
    const of = (seed: number, name: string) => {
      const stream = randomStream(seed, name);
      return Array.from({ length: 8 }, () => stream.uniform());
    };
    expect(of(7, 'link/alice/down/loss')).toEqual(of(7, 'link/alice/down/loss'));
    const all = [of(7, 'a'), of(8, 'a'), of(7, 'b'), of(7, 'link/a/up'), of(7, 'link/a/down')].map(String);
    expect(new Set(all).size).toBe(all.length);
  });

  it('start with numbers that every engine must give', () => {
    const stream = randomStream(7, 'golden');
    const values = [
      stream.uniform(),
      stream.exponential(),
      stream.normal(),
      stream.pareto(3),
      stream.integer(1000),
    ];
    expect(values).toMatchInlineSnapshot(`
      [
        0.27166472654789686,
        1.6513049939211117,
        -0.9543917129930367,
        2.1095446812245755,
        513,
      ]
    `);
  });

  // Five standard errors: a wrong formula is off by far more.
  it('have the moments of their distributions', () => {
    const stream = randomStream(1, 'moments');
    const near = (value: number, expected: number, sd: number) =>
      expect(Math.abs(value - expected)).toBeLessThan((5 * sd) / Math.sqrt(N));
    near(mean(draw(() => stream.uniform())), 0.5, Math.sqrt(1 / 12));
    near(mean(draw(() => stream.exponential())), 1, 1);
    const normals = draw(() => stream.normal());
    near(mean(normals), 0, 1);
    near(mean(normals.map((x) => x * x)), 1, Math.SQRT2);
    near(mean(draw(() => stream.pareto(5))), 5 / 4, 0.323);
    expect(Math.min(...draw(() => stream.pareto(3)).slice(0, 1000))).toBeGreaterThanOrEqual(1);
  });
});
