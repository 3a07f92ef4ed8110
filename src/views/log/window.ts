/** Rows of one height in a box with a scroll bar. */
export interface Bounds {
  count: number;
  rowHeight: number;
  /** Height of the part in sight, px. */
  view: number;
}

/** Browsers cannot scroll further than some 17 million px; from here on a pixel of scrolling is more than one. */
const MOST_PX = 8_000_000;
/** Rows drawn beyond the edges, so that fast scrolling shows no gap. */
const BEYOND = 4;

const spacerOf = ({ count, rowHeight }: Bounds): number => Math.min(count * rowHeight, MOST_PX);

/** How far down the rows the top edge is, px, at a position of the scroll bar. */
export function offsetOf(bounds: Bounds, scrolled: number): number {
  const total = bounds.count * bounds.rowHeight;
  const spacer = spacerOf(bounds);
  if (spacer === total) return scrolled;
  return (scrolled * Math.max(0, total - bounds.view)) / Math.max(1, spacer - bounds.view);
}

/** The inverse of {@link offsetOf}. */
function scrolledAt(bounds: Bounds, offset: number): number {
  const total = bounds.count * bounds.rowHeight;
  const spacer = spacerOf(bounds);
  if (spacer === total) return offset;
  return (offset * Math.max(0, spacer - bounds.view)) / Math.max(1, total - bounds.view);
}

/** The rows first…last-1 to draw in so many places, `top` px down in a box `spacer` px high. */
export function visibleRows(
  bounds: Bounds,
  scrolled: number,
): { first: number; last: number; places: number; spacer: number; top: number } {
  const { count, rowHeight, view } = bounds;
  const spacer = spacerOf(bounds);
  // When rows go away, the scroll bar is told so only after this frame.
  const most = Math.max(0, spacer - view);
  const at = Math.min(Math.max(0, scrolled), most);
  const offset = offsetOf(bounds, at);
  const first = Math.max(0, Math.floor(offset / rowHeight) - BEYOND);
  const last = Math.min(count, Math.ceil((offset + view) / rowHeight) + BEYOND);
  const places = Math.ceil(view / rowHeight) + 1 + 2 * BEYOND;
  return { first, last: Math.max(first, last), places, spacer, top: at + first * rowHeight - offset };
}

/** The place of a row among those that exist: the one that comes next into sight gets that of the first to leave it. */
export const placeOf = (index: number, places: number): number => index % places;

/** The row that is in a place now, or -1. */
export function indexIn(
  place: number,
  { first, last, places }: { first: number; last: number; places: number },
): number {
  const index = first + ((((place - first) % places) + places) % places);
  return index < last ? index : -1;
}

/** Where to scroll to so that a row is in sight; the same place if it is already. */
export function scrollFor(bounds: Bounds, row: number, scrolled: number): number {
  const { rowHeight, view } = bounds;
  const top = row * rowHeight;
  const offset = offsetOf(bounds, scrolled);
  if (row < 0 || (top >= offset && top + rowHeight <= offset + view)) return scrolled;
  return Math.max(0, scrolledAt(bounds, top < offset ? top : top + rowHeight - view));
}

/** The row that a key moves to; null: the key is for somebody else. */
export function activeAfter(key: string, active: number, { count, rowHeight, view }: Bounds): number | null {
  if (count === 0) return null;
  const page = Math.max(1, Math.floor(view / rowHeight) - 1);
  const steps: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -count,
    End: count,
  };
  const step = steps[key];
  return step === undefined ? null : Math.min(count - 1, Math.max(0, active + step));
}
