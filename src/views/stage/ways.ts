import { Curve, type Point } from './curve.ts';
import type { Box } from './stage-layout.ts';

/** How far ways between boxes of one column bow out, px; further for each one that they pass. */
const BOW = 16;
const BOW_MORE = 9;

/**
 * Ways of hop 2 between the boxes of places: from column to column from side to side, within a column bowed out to its
 * left, and on an upright stage from row to row.
 */
export function wayBetween(
  boxes: readonly (Box | undefined)[],
  upright: boolean,
): (from: number, to: number) => Curve | null {
  return (from, to) => {
    const a = boxes[from];
    const b = boxes[to];
    if (a === undefined || b === undefined || a === b) return null;
    if (upright) return uprightWay(a, b);
    if (Math.abs(middleX(a) - middleX(b)) < Math.min(a.width, b.width) / 2) return bowed(a, b);
    return a.x < b.x
      ? new Curve({ x: a.x + a.width, y: middleY(a) }, { x: b.x, y: middleY(b) })
      : new Curve({ x: a.x, y: middleY(a) }, { x: b.x + b.width, y: middleY(b) });
  };
}

const middleX = ({ x, width }: Box) => x + width / 2;
const middleY = ({ y, height }: Box) => y + height / 2;

function bowed(a: Box, b: Box): Curve {
  const passed = Math.abs(middleY(a) - middleY(b)) / Math.max(a.height, b.height) - 1;
  const x = Math.min(a.x, b.x);
  // A cubic goes three quarters of the way to its controls.
  const out = Math.max(4, x - ((BOW + Math.max(0, passed) * BOW_MORE) * 4) / 3);
  const [from, to]: [Point, Point] = [
    { x: a.x, y: middleY(a) },
    { x: b.x, y: middleY(b) },
  ];
  return new Curve(from, to, [
    { x: out, y: from.y },
    { x: out, y: to.y },
  ]);
}

/** Side by side: level. Else down from one, and into the other's side, or its top where that lies below. */
function uprightWay(a: Box, b: Box): Curve {
  const [upper, lower] = a.y <= b.y ? [a, b] : [b, a];
  if (Math.abs(a.y - b.y) < 12) {
    const [left, right] = a.x <= b.x ? [a, b] : [b, a];
    const apart = right.x - left.x - left.width;
    const way: [Point, Point] = [
      { x: left.x + left.width, y: middleY(left) },
      { x: right.x, y: middleY(right) },
    ];
    if (apart > 40) return turned(way, left === a);
    // Neighbours, or over those that stand between.
    const from = { x: middleX(a), y: a.y + a.height };
    const to = { x: middleX(b), y: b.y + b.height };
    const down = from.y + 14;
    return new Curve(from, to, [
      { x: from.x, y: down },
      { x: to.x, y: down },
    ]);
  }
  const start = { x: middleX(upper), y: upper.y + upper.height };
  const beside = start.x > lower.x + lower.width;
  const end = beside
    ? { x: lower.x + lower.width, y: lower.y + Math.min(12, lower.height / 2) }
    : { x: middleX(lower), y: lower.y };
  const bus = beside ? end.x + 22 : end.x;
  const controls: [Point, Point] = beside
    ? [
        { x: bus + 8, y: start.y + (end.y - start.y) * 0.35 },
        { x: bus + 12, y: end.y },
      ]
    : [
        { x: start.x, y: start.y + (end.y - start.y) * 0.5 },
        { x: end.x, y: start.y + (end.y - start.y) * 0.5 },
      ];
  return upper === a ? new Curve(start, end, controls) : new Curve(end, start, [controls[1], controls[0]]);
}

const turned = ([from, to]: [Point, Point], forth: boolean) =>
  forth ? new Curve(from, to) : new Curve(to, from);
