export interface Point {
  x: number;
  y: number;
}

/** A point on a curve, and the unit vector along it. */
export interface Place extends Point {
  dx: number;
  dy: number;
}

const STEPS = 48;

/**
 * A link on the stage: a cubic from one box to another that leaves and arrives level. Places on it are asked for by
 * the share of its length, so that what moves on it moves evenly, as its time passes.
 */
export class Curve {
  readonly path: string;
  readonly length: number;
  readonly #points: Place[] = [];
  readonly #lengths: number[] = [0];

  constructor(from: Point, to: Point) {
    const bend = (to.x - from.x) * 0.5;
    const control = [from, { x: from.x + bend, y: from.y }, { x: to.x - bend, y: to.y }, to] as const;
    const [a, b, c, d] = control;
    const round = (value: number) => Math.round(value * 10) / 10;
    this.path = `M${round(a.x)},${round(a.y)}C${[b.x, b.y, c.x, c.y, d.x, d.y].map(round).join(',')}`;
    for (let step = 0; step <= STEPS; step++) this.#points.push(cubic(control, step / STEPS));
    for (let step = 1; step <= STEPS; step++) {
      const p = this.#points[step - 1] as Place;
      const q = this.#points[step] as Place;
      this.#lengths.push((this.#lengths[step - 1] as number) + Math.hypot(q.x - p.x, q.y - p.y));
    }
    this.length = this.#lengths[STEPS] as number;
  }

  /** @param share 0 at the start, 1 at the end @param aside px to the right of the way, seen along it */
  at(share: number, aside = 0): Place {
    const wanted = Math.min(1, Math.max(0, share)) * this.length;
    let step = 1;
    while (step < STEPS && (this.#lengths[step] as number) < wanted) step++;
    const before = this.#lengths[step - 1] as number;
    const part = (wanted - before) / ((this.#lengths[step] as number) - before || 1);
    const p = this.#points[step - 1] as Place;
    const q = this.#points[step] as Place;
    const dx = p.dx + (q.dx - p.dx) * part;
    const dy = p.dy + (q.dy - p.dy) * part;
    const norm = Math.hypot(dx, dy) || 1;
    return {
      x: p.x + (q.x - p.x) * part - (dy / norm) * aside,
      y: p.y + (q.y - p.y) * part + (dx / norm) * aside,
      dx: dx / norm,
      dy: dy / norm,
    };
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
