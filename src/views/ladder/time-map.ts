import { firstIndex } from '../../trace/search.ts';
import type { Gap } from './arrows.ts';

/** A piece of the time axis. Within it time is to scale, or all of it is one fold. */
export interface Segment {
  fromUs: number;
  toUs: number;
  y0: number;
  y1: number;
  folded: boolean;
}

/** A time and the height at which it is to stand. */
export interface Anchor {
  us: number;
  y: number;
}

/** Height of a fold. */
export const FOLD_PX = 44;
/** As high as a quiet stretch is drawn to scale. */
const TO_SCALE_PX = 70;
/** Height of an event where all are alike. */
export const ROW_PX = 24;

/** Between times and heights, within a window. Pieces without a gap between them, top to bottom. */
export class TimeMap {
  readonly segments: readonly Segment[];
  /** Pixels a microsecond where nothing is folded, and outside of all pieces. */
  readonly pxPerUs: number;

  constructor(segments: readonly Segment[], pxPerUs: number) {
    this.segments = segments;
    this.pxPerUs = pxPerUs;
  }

  y(us: number): number {
    const segment = this.#find(({ toUs }) => us <= toUs);
    if (us > segment.toUs) return segment.y1 + (us - segment.toUs) * this.pxPerUs;
    if (us < segment.fromUs) return segment.y0 - (segment.fromUs - us) * this.pxPerUs;
    const share = (us - segment.fromUs) / Math.max(1e-9, segment.toUs - segment.fromUs);
    return segment.y0 + share * (segment.y1 - segment.y0);
  }

  us(y: number): number {
    const segment = this.#find(({ y1 }) => y <= y1);
    if (y > segment.y1) return segment.toUs + (y - segment.y1) / this.pxPerUs;
    if (y < segment.y0) return segment.fromUs - (segment.y0 - y) / this.pxPerUs;
    const share = (y - segment.y0) / Math.max(1e-9, segment.y1 - segment.y0);
    return segment.fromUs + share * (segment.toUs - segment.fromUs);
  }

  /** The folds that can be seen. */
  get folds(): readonly Segment[] {
    return this.segments.filter(({ folded }) => folded);
  }

  /** The first piece that satisfies, else the last. O(log n). */
  #find(reaches: (segment: Segment) => boolean): Segment {
    const index = firstIndex(this.segments, reaches);
    return this.segments[Math.min(index, this.segments.length - 1)] as Segment;
  }
}

/** A piece before it has a place: how high it is, and what it spans. */
interface Piece {
  fromUs: number;
  toUs: number;
  height: number;
  folded: boolean;
}

/**
 * Time to scale, with quiet stretches folded. A stretch that is still going on grows, and then shrinks to a fold's
 * height, so nothing jumps when it becomes one. Nothing is folded after `nowUs`: what comes is not known yet.
 */
export function scaleMap(
  gaps: readonly Gap[],
  anchor: Anchor,
  height: number,
  pxPerUs: number,
  nowUs: number,
  quietSinceUs: number,
): TimeMap {
  const foldUs = TO_SCALE_PX / pxPerUs;
  const first = firstEndingAfter(gaps, anchor.us);
  const isFold = ({ fromUs, toUs }: Gap) => toUs - fromUs > foldUs;
  const clip = (gap: Gap): Gap => ({ fromUs: gap.fromUs, toUs: Math.min(gap.toUs, nowUs) });
  const steady = (fromUs: number, toUs: number): Piece => ({
    fromUs,
    toUs,
    height: (toUs - fromUs) * pxPerUs,
    folded: false,
  });
  const fold = ({ fromUs, toUs }: Gap): Piece => ({
    fromUs,
    toUs,
    height: foldHeight((toUs - fromUs) * pxPerUs),
    folded: true,
  });
  // The stretch that goes on has no arrow after it in the trace yet; it is quiet all the same.
  const open: Gap[] = quietSinceUs < nowUs ? [{ fromUs: quietSinceUs, toUs: nowUs }] : [];
  const all = (place: number): Gap | undefined => gaps[place] ?? open[place - gaps.length];

  const at = all(first);
  const around = at && at.fromUs < anchor.us ? clip(at) : null;
  const home =
    around && isFold(around) && anchor.us <= around.toUs ? fold(around) : steady(anchor.us, anchor.us);
  const above = homeShare(home, anchor.us) * home.height;
  const up: Piece[] = [];
  let place = first - 1;
  let cursorUs = home.fromUs;
  for (let room = anchor.y - above; room > 0 && cursorUs > 0; place--) {
    const gap = place >= 0 ? all(place) : undefined;
    if (gap !== undefined && (cursorUs - gap.toUs) * pxPerUs >= room) {
      up.push(steady(gap.toUs, cursorUs));
      break;
    }
    if (gap !== undefined && !isFold(clip(gap))) continue;
    const pieces = gap ? [steady(gap.toUs, cursorUs), fold(clip(gap))] : [steady(0, cursorUs)];
    for (const piece of pieces) {
      up.push(piece);
      room -= piece.height;
    }
    cursorUs = gap?.fromUs ?? 0;
  }
  const down: Piece[] = [];
  place = first;
  cursorUs = home.toUs;
  for (let room = height - anchor.y - home.height + above; room > 0; place++) {
    const gap = all(place);
    if (gap === undefined || gap.fromUs >= nowUs || (gap.fromUs - cursorUs) * pxPerUs >= room) {
      down.push(steady(cursorUs, cursorUs + room / pxPerUs));
      break;
    }
    if (gap.fromUs < cursorUs || !isFold(clip(gap))) continue;
    for (const piece of [steady(cursorUs, gap.fromUs), fold(clip(gap))]) {
      down.push(piece);
      room -= piece.height;
    }
    cursorUs = Math.min(gap.toUs, nowUs);
  }
  return stack([...up.reverse(), home, ...down], up.length, anchor.y - above, pxPerUs);
}

/** Every event as high as any other: equal steps between consecutive times of events. */
export function ordinalMap(
  times: readonly number[],
  anchor: Anchor,
  pxPerUs: number,
  nowUs: number,
): TimeMap {
  const marks = [...new Set([...times.filter((us) => us < nowUs), nowUs])].sort((a, b) => a - b);
  const pieces: Piece[] = marks.slice(1).map((toUs, i) => ({
    fromUs: marks[i] as number,
    toUs,
    height: ROW_PX,
    folded: false,
  }));
  if (pieces.length === 0) pieces.push({ fromUs: nowUs, toUs: nowUs, height: 0, folded: false });
  let home = pieces.findIndex(({ toUs }) => anchor.us <= toUs);
  if (home < 0) home = pieces.length - 1;
  const piece = pieces[home] as Piece;
  const share = Math.min(1, Math.max(0, homeShare(piece, anchor.us)));
  return stack(pieces, home, anchor.y - share * piece.height, pxPerUs);
}

/** Shrinks without a jump from what is still to scale to {@link FOLD_PX}, so that a stretch can fold while it lasts. */
const foldHeight = (toScalePx: number): number =>
  Math.max(FOLD_PX, TO_SCALE_PX - ((toScalePx - TO_SCALE_PX) * (TO_SCALE_PX - FOLD_PX)) / TO_SCALE_PX);

const homeShare = ({ fromUs, toUs }: Piece, us: number): number =>
  toUs > fromUs ? (us - fromUs) / (toUs - fromUs) : 0;

/** Gives each piece its place; that of the piece `home` is known. */
function stack(pieces: readonly Piece[], home: number, homeY: number, pxPerUs: number): TimeMap {
  const before = pieces.slice(0, home).reduce((sum, { height }) => sum + height, 0);
  let y = homeY - before;
  const segments = pieces.map(({ fromUs, toUs, height, folded }) => {
    const segment = { fromUs, toUs, y0: y, y1: y + height, folded };
    y += height;
    return segment;
  });
  return new TimeMap(segments, pxPerUs);
}

/** Place of the first gap that ends at or after a time. */
function firstEndingAfter(gaps: readonly Gap[], us: number): number {
  return firstIndex(gaps, ({ toUs }) => toUs >= us);
}
