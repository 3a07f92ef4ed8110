export interface Point {
  x: number;
  y: number;
}

/** A point on a curve, and the unit vector along it. */
export interface Place extends Point {
  dx: number;
  dy: number;
}

/** Steps in which a curve is measured, and places at even distances that are kept of it. */
const STEPS = 64;
const PLACES = 128;

/**
 * A link on the stage: a cubic from one box to another that leaves and arrives level. Places on it are asked for by
 * the share of its length, so that what moves on it moves evenly, as its time passes.
 */
export class Curve {
  readonly path: string;
  readonly length: number;
  /** x, y, dx, dy of {@link PLACES} + 1 places, one after the other: thousands of packets ask each frame. */
  readonly #places = new Float64Array((PLACES + 1) * 4);

  /** @param controls of the cubic; left out: level at both ends */
  constructor(from: Point, to: Point, controls?: readonly [Point, Point]) {
    const bend = (to.x - from.x) * 0.5;
    const [one, two] = controls ?? [
      { x: from.x + bend, y: from.y },
      { x: to.x - bend, y: to.y },
    ];
    const control = [from, one, two, to] as const;
    const [a, b, c, d] = control;
    const round = (value: number) => Math.round(value * 10) / 10;
    this.path = `M${round(a.x)},${round(a.y)}C${[b.x, b.y, c.x, c.y, d.x, d.y].map(round).join(',')}`;
    const lengths = [0];
    let last = cubic(control, 0);
    for (let step = 1; step <= STEPS; step++) {
      const next = cubic(control, step / STEPS);
      lengths.push((lengths[step - 1] as number) + Math.hypot(next.x - last.x, next.y - last.y));
      last = next;
    }
    this.length = lengths[STEPS] as number;
    for (let i = 0, step = 1; i <= PLACES; i++) {
      const wanted = (i / PLACES) * this.length;
      while (step < STEPS && (lengths[step] as number) < wanted) step++;
      const before = lengths[step - 1] as number;
      const part = (wanted - before) / ((lengths[step] as number) - before || 1);
      const { x, y, dx, dy } = cubic(control, (step - 1 + part) / STEPS);
      this.#places.set([x, y, dx, dy], i * 4);
    }
  }

  /** @param share 0 at the start, 1 at the end @param aside px to the right of the way, seen along it */
  at(share: number, aside = 0): Place {
    const wanted = Math.min(1, Math.max(0, share)) * PLACES;
    const i = Math.min(PLACES - 1, Math.floor(wanted));
    const part = wanted - i;
    const dx = this.#between(i * 4 + 2, part);
    const dy = this.#between(i * 4 + 3, part);
    return {
      x: this.#between(i * 4, part) - dy * aside,
      y: this.#between(i * 4 + 1, part) + dx * aside,
      dx,
      dy,
    };
  }

  /** A part of the way from one number to that of the next place. */
  #between(at: number, part: number): number {
    const value = this.#places[at] as number;
    return value + ((this.#places[at + 4] as number) - value) * part;
  }
}

function cubic([a, b, c, d]: readonly [Point, Point, Point, Point], t: number): Place {
  const s = 1 - t;
  const mix = (p: number, q: number, r: number, u: number) =>
    s * s * s * p + 3 * s * s * t * q + 3 * s * t * t * r + t * t * t * u;
  const slope = (p: number, q: number, r: number, u: number) =>
    s * s * (q - p) + 2 * s * t * (r - q) + t * t * (u - r);
  const dx = slope(a.x, b.x, c.x, d.x);
  const dy = slope(a.y, b.y, c.y, d.y);
  const norm = Math.hypot(dx, dy) || 1;
  return {
    x: mix(a.x, b.x, c.x, d.x),
    y: mix(a.y, b.y, c.y, d.y),
    dx: norm === 1 && dx === 0 ? 1 : dx / norm,
    dy: dy / norm,
  };
}
