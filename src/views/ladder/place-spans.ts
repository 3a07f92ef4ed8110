import type { Pair } from './pairs.ts';
import type { Span } from './span.ts';
import type { TimeMap } from './time-map.ts';

/** A span with its place: a bar beside a lifeline, or the room between two. */
export interface PlacedSpan extends Span {
  pair: number;
  x: number;
  width: number;
  y0: number;
  y1: number;
  /** Where its words begin: beyond all bars of its lifeline, away from them to the right. */
  textX: number;
}

const BAR_PX = 6;
const LANE_PX = 9;
const BAND_PX = 8;
/** Bars at one lifeline that stand side by side; more than these would reach into the next pair. */
const MOST_LANES = 3;
/** What is shorter than this is drawn this high, so that it can be seen and hit. */
const LEAST_PX = 3;

/**
 * Gives each span its place. States lie on the lifeline itself; all other bars stand beside it, away from the arrows,
 * in lanes, so that no two that overlap in time cover each other as long as there are lanes.
 */
export function placeSpans(
  spans: readonly Span[],
  pairs: readonly Pair[],
  map: TimeMap,
  height: number,
): PlacedSpan[] {
  const lanes = new Map<string, PlacedSpan[][]>();
  const pairOf = new Map(pairs.map(({ client }, pair) => [client, pair]));
  const placed = spans.map((span) => {
    const pair = pairOf.get(span.client) as number;
    const y0 = Math.max(-LEAST_PX, map.y(span.fromUs));
    const y1 = Math.min(height + LEAST_PX, Math.max(map.y(span.toUs), y0 + LEAST_PX));
    return { ...span, pair, x: 0, width: BAR_PX, y0, y1, textX: 0 };
  });
  const inLanes = placed
    .sort((a, b) => RANK[a.kind] - RANK[b.kind] || a.fromUs - b.fromUs)
    .map((span) => {
      const { serverX, clientX } = pairs[span.pair] as Pair;
      if (span.at === 'link') return { ...span, x: serverX, width: clientX - serverX };
      const line = span.at === 'client' ? clientX : serverX;
      if (span.kind === 'state' || span.kind === 'fault')
        return { ...span, x: line - BAND_PX / 2, width: BAND_PX };
      const key = `${span.pair} ${span.at}`;
      const taken = lanes.get(key) ?? [];
      lanes.set(key, taken);
      let lane = taken.findIndex((bars) =>
        bars.every(({ y0, y1 }) => y1 <= span.y0 + 0.5 || y0 >= span.y1 - 0.5),
      );
      if (lane < 0) lane = Math.min(taken.length, MOST_LANES - 1);
      taken[lane] = [...(taken[lane] ?? []), span];
      const away = BAND_PX / 2 + 3 + lane * LANE_PX;
      return { ...span, x: span.at === 'client' ? line + away : line - away - BAR_PX };
    });
  return inLanes.map((span) => {
    const { serverX, clientX } = pairs[span.pair] as Pair;
    const used = lanes.get(`${span.pair} client`)?.length ?? 0;
    const textX = span.at === 'client' ? clientX + BAND_PX / 2 + 4 + used * LANE_PX : serverX + 9;
    return { ...span, textX };
  });
}

/** What is nearest to the lifeline, and written first. */
const RANK: Record<Span['kind'], number> = {
  fault: 0,
  held: 1,
  kept: 2,
  resend: 3,
  wait: 4,
  connect: 5,
  dns: 6,
  timer: 7,
  state: 8,
};
