import { useEffect, useRef, useState } from 'react';
import type { Trace } from '../../trace/trace.ts';
import { readingOf } from '../reading/reading.ts';
import type { ArrowIndex } from './arrows.ts';
import { mapOf, type View } from './layout.ts';
import type { Anchor, TimeMap } from './time-map.ts';

/** Where "now" stands while the picture follows it, as a share of the height. */
const NOW_AT = 0.8;
/** The buttons in the corner keep clear of the word “now”. */
const BUTTONS_PX = 64;
/** Where the run begins at the start, px: the picture does not open with a void above. */
const TOP_PX = 12;
/** A usual flight is this high, px; `share` of the height within these limits. */
const FLIGHT = { share: 0.14, least: 34, most: 64 };
const SAMPLE = 48;
const MOST_PX_PER_US = 2;

/** A view without its window: this hook says which. */
export type Unplaced = Omit<View, 'anchor' | 'pxPerUs'>;

export interface LadderWindow {
  view: View;
  following: boolean;
  /** Moves what is at `fromY` to `toY`. Stops following. */
  pan(map: TimeMap, byPx: number): void;
  /** Enlarges by a factor around a height; around now while following. */
  zoom(map: TimeMap, factor: number, y: number): void;
  /** Lets a time stand where it is, whatever happens to now. */
  hold(map: TimeMap): void;
  follow(): void;
}

/** Which stretch of time is shown, and how large: it follows now until somebody moves it away. */
export function useWindow(
  trace: Trace,
  index: ArrowIndex,
  unplaced: Unplaced,
  moving: { playing: boolean; reducedMotion: boolean },
): LadderWindow {
  const [zoom, setZoom] = useState(1);
  const [held, setHeld] = useState<Anchor | null>(null);
  const page = useRef<Anchor | null>(null);
  const { height, nowUs } = unplaced;
  const pxPerUs = zoomed(index, height, zoom, trace.header?.endUs ?? 1);
  const at = (anchor: Anchor): View => ({ ...unplaced, anchor, pxPerUs });
  const seen = (anchor: Anchor) => {
    const y = mapOf(index, at(anchor)).y(nowUs);
    return y >= 0 && y <= height * 0.94;
  };
  // Somebody who has stopped time and goes elsewhere wants to see what is there.
  const before = useRef({ nowUs, playing: moving.playing });
  useEffect(() => {
    const jumped = !moving.playing && !before.current.playing && before.current.nowUs !== nowUs;
    before.current = { nowUs, playing: moving.playing };
    if (jumped && held !== null && !seen(held)) setHeld(null);
  });
  let anchor = held ?? following(index, at({ us: nowUs, y: Math.min(height * NOW_AT, height - BUTTONS_PX) }));
  if (held === null && moving.reducedMotion && moving.playing) {
    // Page by page instead of gliding.
    if (page.current === null || !seen(page.current)) {
      page.current = following(index, at({ us: nowUs, y: height * 0.4 }));
    }
    anchor = page.current;
  } else page.current = null;
  const view = at(anchor);
  return {
    view,
    following: held === null,
    pan(map, byPx) {
      const middle = height / 2;
      const us = Math.min(nowUs, Math.max(0, map.us(middle - byPx)));
      setHeld({ us, y: middle });
    },
    zoom(map, factor, y) {
      setZoom((last) => limited(index, height, last * factor, trace.header?.endUs ?? 1));
      if (held !== null) setHeld({ us: Math.min(nowUs, Math.max(0, map.us(y))), y });
    },
    hold: (map) => setHeld({ us: map.us(height / 2), y: height / 2 }),
    follow: () => setHeld(null),
  };
}

/** The anchor that keeps now where it belongs, or the run's beginning at the top while there is not more than that. */
function following(index: ArrowIndex, view: View): Anchor {
  return mapOf(index, view).y(0) > TOP_PX ? { us: 0, y: TOP_PX } : view.anchor;
}

/** Pixels a microsecond at a zoom: 1 makes a usual flight as high as it can be followed by eye. */
function zoomed(index: ArrowIndex, height: number, zoom: number, endUs: number): number {
  const flight = Math.min(FLIGHT.most, Math.max(FLIGHT.least, height * FLIGHT.share));
  const px = (flight / usualFlightUs(index)) * zoom;
  return Math.min(MOST_PX_PER_US, Math.max(height / 2 / endUs, px));
}

/** A zoom that {@link zoomed} does not have to limit, so that zooming back is felt at once. */
function limited(index: ArrowIndex, height: number, zoom: number, endUs: number): number {
  const one = zoomed(index, height, 1, endUs);
  return zoomed(index, height, zoom, endUs) / one;
}

/**
 * How long the first packets took: the median of those that arrived. Beside clients far away, what crosses a datacenter
 * is hardly a slope, and does not count.
 */
function usualFlightUs(index: ArrowIndex): number {
  const flights: number[] = [];
  for (let i = 0; i < index.rows.length && flights.length < SAMPLE; i++) {
    const takes = (index.ends[i] as number) - (index.starts[i] as number);
    if (takes > 0) flights.push(takes);
  }
  flights.sort((a, b) => a - b);
  const slow = (flights[Math.floor(flights.length * 0.9)] ?? 0) / 10;
  const far = flights.filter((us) => us >= slow);
  return far[Math.floor(far.length / 2)] ?? 50_000;
}

/** The latest time at or before now at which an arrow begins or ends: where now stands if nothing may glide. */
export function steppedUs(trace: Trace, nowUs: number): number {
  const table = trace.table('packet.sent');
  const { flights } = readingOf(trace);
  const last = table.firstAfter(nowUs) - 1;
  let latest = 0;
  for (let row = last; row >= Math.max(0, last - SAMPLE); row--) {
    const end = flights.endUs(row);
    latest = Math.max(latest, table.atUs(row), end <= nowUs ? end : 0);
  }
  return latest;
}
