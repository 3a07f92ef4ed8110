import type { Label, Measure } from './label.ts';
import type { Arrow, Frame } from './layout.ts';
import type { Pair } from './pairs.ts';
import type { Taken } from './taken.ts';

/** Steeper arrows have their word beside them, not along them. */
const STEEPEST = 0.62;
/** Places along an arrow that are tried, as shares of it. */
const BESIDE = [0.5, 0.36, 0.64, 0.22, 0.78];

/** A word at an arrow, the fullest that has room; null if none has. */
export function labelArrow(
  frame: Frame,
  arrow: Arrow,
  chosen: boolean,
  measure: Measure,
  taken: Taken,
): Label[] | null {
  const { facts, x0, y0, x1, y1, fate } = arrow;
  const pair = frame.pairs[arrow.pair] as Pair;
  const lost = fate === 'lost';
  const texts = textsOf(arrow, frame.view.depth, chosen);
  const slope = Math.atan2(y1 - y0, x1 - x0);
  const level = slope > Math.PI / 2 ? slope - Math.PI : slope;
  // In steps that no eye sees: letters are rasterised anew for each angle, which is dear where every arrow has its own.
  const angle = Math.round(level * 100) / 100;
  const along = Math.abs(angle) <= STEEPEST;
  const length = Math.hypot(x1 - x0, y1 - y0) - (lost ? 14 : 10);
  const look = {
    tone: lost ? ('loss' as const) : facts.face.kind === 'control' ? ('muted' as const) : ('ink' as const),
    strong: lost,
    arrow,
    span: null,
  };
  for (const text of texts) {
    const width = measure(text, lost) + 4;
    if (along && width > length && !(lost && text === texts.at(-1))) continue;
    for (const share of BESIDE) {
      const reach = Math.max(0, length - width) / Math.max(1, length);
      // Slides along the arrow only as far as the word stays beside it.
      const t = 0.5 + (share - 0.5) * Math.min(1, reach * 1.4);
      const x = x0 + (x1 - x0) * t;
      const y = y0 + (y1 - y0) * t;
      const place = along
        ? alongside(x, y, angle, width, frame, taken, measure.scale)
        : aside(x, y, width, pair, frame, taken);
      if (place !== null) return [{ text, ...place, ...look }];
    }
  }
  return null;
}

type Spot = Pick<Label, 'x' | 'y' | 'angle' | 'align'>;

/** Above or below an arrow that is nearly level, turned with it. */
function alongside(
  x: number,
  y: number,
  angle: number,
  width: number,
  frame: Frame,
  taken: Taken,
  scale: number,
): Spot | null {
  const [dx, dy] = [Math.sin(angle) * 9 * scale, -Math.cos(angle) * 9 * scale];
  const reach = (Math.abs(Math.sin(angle)) * width) / 2 + 7 * scale;
  for (const way of [1, -1]) {
    const [lx, ly] = [x + way * dx, y + way * dy];
    if (ly < reach || ly > frame.view.height - reach) continue;
    if (taken.take(lx, ly, width, angle, 'center')) return { x: lx, y: ly, angle, align: 'center' };
  }
  return null;
}

/** Right or left of a steep arrow, level, within its pair. */
function aside(x: number, y: number, width: number, pair: Pair, frame: Frame, taken: Taken): Spot | null {
  if (y < 8 || y > frame.view.height - 8) return null;
  for (const left of [x + 7, x - 7 - width]) {
    if (left < pair.left || left + width > pair.right + 4) continue;
    if (taken.take(left, y, width, 0, 'left')) return { x: left, y, angle: 0, align: 'left' };
  }
  return null;
}

function textsOf({ facts, fate }: Arrow, depth: number, chosen: boolean): string[] {
  const normal =
    fate === 'lost' || facts.lost === ''
      ? facts.labels
      : facts.labels.map((text) => text.split(' – ')[0] as string);
  const [full] = normal;
  if (depth < 4 || full === undefined) return chosen ? normal.slice(0, 2) : normal;
  const control = facts.face.kind === 'control' && facts.fields.startsWith(full);
  return [control ? facts.fields : `${full} · ${facts.fields}`, ...normal];
}
