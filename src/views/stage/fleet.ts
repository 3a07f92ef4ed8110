import type { FleetForm } from './fleet-form.ts';
import type { Box } from './stage-layout.ts';

export interface Fleet {
  form: FleetForm;
  boxes: Box[];
  /** Where ways begin and end: at the edges of a grid, level with the cell. */
  ends: Box[];
}

/** As many stand as cards, whatever room there is. */
const MOST_CARDS = 3;
/** Lines closer than this cannot be told apart, nor hit: WCAG 2.5.8 has targets 24 px apart. */
export const ROW_PITCH = 24;
const ROW_HEIGHT = 34;
const CELL = 24;
/** Cells are no higher. */
const TALLEST_CELL = 27;
const GAP = 4;

/** How `n` processes stand in an area. @param card of one of few; `most` of them, `pitch` px apart at most */
export function standIn(area: Box, n: number, card: { height: number; pitch: number; most?: number }): Fleet {
  const step = area.height / n;
  if (n === 1 || (n <= (card.most ?? MOST_CARDS) && step >= card.height + 8))
    return alike('card', stack(n, area, Math.min(card.height, area.height), card.pitch));
  if (step >= ROW_PITCH)
    return alike('row', stack(n, area, Math.min(ROW_HEIGHT, step - GAP), ROW_HEIGHT + 12));
  const boxes = cells(n, area);
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  return { form: 'cell', boxes, ends: boxes.map((box) => ({ ...box, x: area.x, width: right - area.x })) };
}

/** Boxes whose ways end at themselves. */
export const alike = (form: FleetForm, boxes: Box[]): Fleet => ({ form, boxes, ends: boxes });

/** Boxes of one height, evenly spread and centred, no further apart than `pitch`. */
export function stack(n: number, area: Box, height: number, pitch: number): Box[] {
  const step = Math.min(pitch, area.height / n);
  const first = area.y + (area.height - step * n) / 2 + (step - height) / 2;
  return Array.from({ length: n }, (_, i) => ({ x: area.x, y: first + i * step, width: area.width, height }));
}

/** A grid of as few columns as the height allows; where that is too wide, of cells as large as they can be. */
function cells(n: number, area: Box): Box[] {
  const rows = Math.max(1, Math.floor(area.height / CELL));
  let columns = Math.ceil(n / rows);
  if (columns * CELL > area.width) columns = Math.ceil(Math.sqrt((n * area.width) / area.height));
  const down = Math.ceil(n / columns);
  const width = area.width / columns;
  const height = Math.min(TALLEST_CELL, area.height / down);
  const top = area.y + (area.height - height * down) / 2;
  const gap = Math.min(3, width / 8);
  return Array.from({ length: n }, (_, i) => ({
    x: area.x + (i % columns) * width,
    y: top + Math.floor(i / columns) * height,
    width: width - gap,
    height: height - gap,
  }));
}

/** What is between `low` and `high` of a range: how much of it is granted. */
export interface Span {
  low: number;
  high: number;
}

/** Widths for spans side by side: all at their lowest where there is no more room, all at their highest where there is. */
export function shareWidth(spans: readonly Span[], width: number): number[] {
  const low = spans.reduce((sum, span) => sum + span.low, 0);
  const high = spans.reduce((sum, span) => sum + span.high, 0);
  if (width <= low) return spans.map((span) => (span.low * width) / low);
  const part = Math.min(1, (width - low) / (high - low));
  return spans.map((span) => span.low + (span.high - span.low) * part);
}
