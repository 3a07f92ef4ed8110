import type { Stretch } from './axis.ts';
import type { Marks } from './marks.ts';
import { PHASES, type Phase, type Span } from './spans.ts';

/** Thickness of each phase's bar, px: what sets up is thin, what is waited for is thick. */
const THICK: Record<Phase, number> = {
  DNS: 6,
  'TCP connect': 6,
  TLS: 6,
  request: 6,
  waiting: 12,
  receiving: 12,
  stream: 12,
  idle: 1,
  closing: 6,
};

/** Nothing that happened vanishes. */
const LEAST_PX = 2;

/** What to draw in one row: a path for each style. */
export interface RowPaths {
  phases: { phase: Phase; path: string }[];
  held: string;
  data: string;
  again: string;
  lost: string;
}

/** Tenths of a pixel; `toFixed` would cost more than everything else here. */
const tenths = (px: number): number => Math.round(px * 10) / 10;

const box = (x: number, y: number, width: number, height: number): string =>
  `M${tenths(x)} ${y}h${tenths(width)}v${height}h${-tenths(width)}z`;

/** Gathers a connection's spans and marks by style; neighbours closer than half a pixel become one. */
export function rowPaths(
  spans: readonly Span[],
  marks: Marks,
  { fromUs, toUs }: Stretch,
  width: number,
  middle: number,
): RowPaths {
  const x = (us: number) => Math.min(width, Math.max(0, ((us - fromUs) / (toUs - fromUs)) * width));
  const boxes = new Map<Phase, string[]>();
  const ends = new Map<Phase, number>();
  for (const span of spans) {
    if (span.toUs < fromUs || span.fromUs > toUs) continue;
    const { phase } = span;
    const left = x(span.fromUs);
    const right = Math.max(x(span.toUs), Math.min(width, left + (phase === 'idle' ? 0 : LEAST_PX)));
    const before = ends.get(phase) ?? -1;
    if (right <= before + 0.5) continue;
    const from = Math.max(left, before);
    const list = boxes.get(phase);
    const path = box(from, middle - THICK[phase] / 2, right - from, THICK[phase]);
    if (list) list.push(path);
    else boxes.set(phase, [path]);
    ends.set(phase, right);
  }
  return {
    phases: PHASES.flatMap((phase) => {
      const list = boxes.get(phase);
      return list === undefined ? [] : [{ phase, path: list.join('') }];
    }),
    held: marks.held
      .map((held) => box(x(held.fromUs), middle - 8, Math.max(LEAST_PX, x(held.toUs) - x(held.fromUs)), 16))
      .join(''),
    data: apart(marks.dataUs.map(x), 1.5)
      .map((at) => `M${at.toFixed(1)} ${middle - 6}v12`)
      .join(''),
    again: apart(marks.againUs.map(x), 2)
      .map((at) => `M${at.toFixed(1)} ${middle + 10}v-4l-2.5 2.5m2.5-2.5l2.5 2.5`)
      .join(''),
    lost: apart(marks.lostUs.map(x), 2)
      .map((at) => `M${(at - 3.5).toFixed(1)} ${middle - 3.5}l7 7m0-7l-7 7`)
      .join(''),
  };
}

/** The places that are at least so far from the one before, left to right. */
function apart(places: number[], least: number): number[] {
  const sorted = places.sort((a, b) => a - b);
  const kept: number[] = [];
  for (const place of sorted)
    if (kept.length === 0 || place - (kept.at(-1) as number) >= least) kept.push(place);
  return kept;
}
