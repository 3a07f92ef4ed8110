import type { Label, Measure } from './label.ts';
import type { Arrow, Frame } from './layout.ts';
import type { PlacedSpan } from './place-spans.ts';
import type { Taken } from './taken.ts';

/** Height of a line of usual type. */
const USUAL_LINE_PX = 15;
/** From the line of now to words above or below it: more than a cell of what is taken. */
const CLEAR_PX = 7;
const TROUBLES = new Set<PlacedSpan['kind']>(['held', 'fault', 'resend']);
/** With more arrows than this in a pair, words are placed without a look at what they cross. */
const MOST_CROSSINGS = 60;

/** Words at a bracket, with its reason if there is room for it; null if there is room for nothing. */
export function labelSpan(
  frame: Frame,
  span: PlacedSpan,
  chosen: boolean,
  measure: Measure,
  taken: Taken,
): Label[] | null {
  const pair = frame.pairs[span.pair];
  if (pair === undefined) return null;
  const { height } = frame.view;
  const linePx = USUAL_LINE_PX * measure.scale;
  const top = Math.max(span.y0, 0);
  const bottom = Math.min(span.y1, height);
  if (bottom <= 6 || top >= height - 6) return [];
  const outside = span.at === 'client';
  const x = span.textX;
  const room = outside
    ? pair.right - x - 4
    : span.at === 'link'
      ? span.width - 18
      : (pair.clientX - pair.serverX) * 0.72;
  const tone: Label['tone'] = TROUBLES.has(span.kind) ? 'loss' : 'ink';
  const titles = wrap(span.title, room, (text) => measure(text, true));
  const details =
    span.detail === '' || (!chosen && span.kind === 'timer')
      ? []
      : wrap(span.detail, room, (text) => measure(text, false));
  if (titles === null) return null;
  const crossings = outside ? [] : frame.arrows.filter((arrow) => arrow.pair === span.pair);
  let best: { lines: string[]; y: number; crossed: number } | null = null;
  for (const lines of details === null ? [titles] : [[...titles, ...details], titles]) {
    const tall = lines.length * linePx;
    const wide = widest(lines, titles.length, measure);
    for (const y of heights(span, top, bottom, tall, height)) {
      if (!taken.room(x, y, wide + 2, tall)) continue;
      const crossed =
        crossings.length > MOST_CROSSINGS
          ? 0
          : crossedBy(
              crossings,
              x,
              y,
              lines.map((line, i) => measure(line, i < titles.length)),
              linePx,
            );
      if (best === null || crossed < best.crossed) best = { lines, y, crossed };
      if (crossed === 0) break;
    }
    if (best?.crossed === 0) break;
  }
  if (best === null) return null;
  const { lines, y } = best;
  taken.block(x, y, widest(lines, titles.length, measure) + 2, lines.length * linePx);
  return lines.map((text, i) => ({
    text,
    x,
    y: y + (i + 0.5) * linePx,
    angle: 0,
    align: 'left',
    tone: i < titles.length ? tone : 'muted',
    strong: i < titles.length && span.kind !== 'state' && span.kind !== 'timer',
    arrow: null,
    span,
  }));
}

const widest = (lines: readonly string[], titles: number, measure: Measure): number =>
  Math.max(...lines.map((line, i) => measure(line, i < titles)));

/** How many times arrows run through lines of text of these widths. */
const crossedBy = (
  arrows: readonly Arrow[],
  x: number,
  y: number,
  widths: readonly number[],
  linePx: number,
): number =>
  widths.reduce(
    (sum, width, i) =>
      sum + arrows.filter((arrow) => crosses(arrow, x, y + i * linePx, width, linePx)).length,
    0,
  );

/** Whether an arrow runs through a box, by its height at the box's sides. */
function crosses({ x0, y0, x1, y1 }: Arrow, x: number, y: number, width: number, height: number): boolean {
  const from = Math.max(x, Math.min(x0, x1));
  const to = Math.min(x + width, Math.max(x0, x1));
  if (from >= to) return false;
  const at = (where: number) => y0 + ((where - x0) / (x1 - x0)) * (y1 - y0);
  const [a, b] = [at(from), at(to)];
  return Math.max(a, b) > y + 1 && Math.min(a, b) < y + height - 1;
}

/**
 * Where the words of a bracket may begin: in its middle, or anywhere along what can be seen of it; where that is lower
 * than a line of text, also above it and below.
 */
function heights(
  { kind, y0 }: PlacedSpan,
  top: number,
  bottom: number,
  tall: number,
  height: number,
): number[] {
  // What has begun a moment ago has the line of now across it.
  if (kind === 'fault' && bottom - top < tall)
    return [y0 + 3, top - tall - 3].map((y) => within(y, tall, height));
  const middle = (top + bottom - tall) / 2;
  const steps = [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6].map((step) => middle + step * 7);
  const inside = steps.filter((y) => y >= top - 6 && y + tall <= bottom + 6);
  const short = [middle, top - tall - CLEAR_PX, bottom + CLEAR_PX];
  const all = kind === 'state' ? [top, top + 8] : inside.length > 0 ? inside : short;
  return all.map((y) => within(y, tall, height));
}

const within = (y: number, tall: number, height: number): number =>
  Math.min(height - tall - 2, Math.max(2, y));

/** Breaks a text at its spaces into lines of at most this width; null if a single word is wider. */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] | null {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    if (measure(word) > width) return null;
    const last = lines.at(-1);
    if (last !== undefined && measure(`${last} ${word}`) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
