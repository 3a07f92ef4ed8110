import type { TimeMap } from './time-map.ts';

export interface Tick {
  us: number;
  y: number;
  label: string;
}

const STEPS = [1, 2, 5];
/** Ticks are at least this far from each other. */
const APART_PX = 34;

/** Round times within a window, none within a fold; where all events are alike, each event's own time. */
export function ticksOf(map: TimeMap, height: number, nowUs: number, ordinal: boolean): Tick[] {
  return ordinal ? eventTicks(map, height) : roundTicks(map, height, nowUs);
}

function roundTicks(map: TimeMap, height: number, nowUs: number): Tick[] {
  const stepUs = stepFor(APART_PX / map.pxPerUs);
  const ticks: Tick[] = [];
  for (const { fromUs, toUs, y0, y1, folded } of map.segments) {
    if (folded || y1 < 0 || y0 > height) continue;
    const end = Math.min(toUs, map.us(height), nowUs);
    for (
      let us = Math.max(0, Math.ceil(Math.max(fromUs, map.us(0)) / stepUs) * stepUs);
      us <= end;
      us += stepUs
    ) {
      add(ticks, { us, y: map.y(us), label: timeLabel(us, stepUs) }, 20);
    }
  }
  return ticks;
}

function eventTicks(map: TimeMap, height: number): Tick[] {
  const ticks: Tick[] = [];
  for (const { toUs, y1 } of map.segments) {
    if (y1 < 0 || y1 > height) continue;
    add(ticks, { us: toUs, y: y1, label: timeLabel(toUs, 100) }, 20);
  }
  return ticks;
}

/** Adds a tick unless the one before is too near: pieces of the axis do not know of each other. */
function add(ticks: Tick[], tick: Tick, apart: number): void {
  const last = ticks.at(-1);
  if (last === undefined || tick.y - last.y >= apart) ticks.push(tick);
}

/** The least of 1, 2, 5, 10, 20 … µs that is no less than `leastUs`. */
export function stepFor(leastUs: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of STEPS) if (step * power >= leastUs) return step * power;
  }
}

/** From here on seconds alone are too long to be read, or to have room: minutes and seconds. */
const LONG_US = 1_000_000_000;

/** "12.35 s", with as many places as the step needs; late in long runs "29:59.80". */
export function timeLabel(us: number, stepUs: number): string {
  const places =
    stepUs >= 1_000_000
      ? 0
      : stepUs >= 100_000
        ? 1
        : stepUs >= 10_000
          ? 2
          : stepUs >= 1000
            ? 3
            : stepUs >= 100
              ? 4
              : 5;
  if (us < LONG_US) return `${(us / 1e6).toFixed(places)}${places > 3 ? '' : '\u00a0s'}`;
  // In units of the last place, so that 59.996 does not become 60.
  const units = 10 ** places;
  const whole = Math.round((us / 1e6) * units);
  const rest = ((whole % (60 * units)) / units).toFixed(places);
  return `${Math.floor(whole / (60 * units))}:${rest.padStart(places === 0 ? 2 : places + 3, '0')}`;
}
