import type { NetworkKey } from '../model.ts';

/** A quantity with a slider and an exact field: the stops of the slider, how it is written, and how it is read. */
export interface Scale {
  /** Values that the slider stops at, rising; null (unlimited) may be the last. */
  stops: readonly (number | null)[];
  min: number;
  max: number;
  write(value: number | null): string;
  /** A number as people type it, or null (unlimited); undefined: not understood. */
  read(text: string): number | null | undefined;
}

/** 1, 1.5, 2, 3 … in each decade: even steps on a logarithmic scale. */
const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

function decades(from: number, to: number): number[] {
  const stops: number[] = [];
  for (let decade = 1; decade <= to; decade *= 10) {
    for (const step of STEPS) {
      const value = Number((step * decade).toPrecision(2));
      if (value >= from && value <= to) stops.push(value);
    }
  }
  return stops;
}

const plain = (value: number, places = 2) => String(Number(value.toFixed(places)));

/** A number, with a comma or a point, and with or without the unit. */
export function readNumber(text: string, units: RegExp): number | undefined {
  const match = /^\s*[±+]?\s*(\d+(?:[.,]\d+)?)\s*(.*?)\s*$/.exec(text.replaceAll(/[\u202f\u00a0]/g, ' '));
  if (match === null || !(match[2] === '' || units.test(match[2] ?? ''))) return undefined;
  return Number((match[1] ?? '').replace(',', '.'));
}

function milliseconds(prefix: string, stops: readonly number[]): Scale {
  return {
    stops,
    min: 0,
    max: 60_000,
    write: (value) => `${prefix}${plain(value ?? 0)} ms`,
    read(text) {
      const seconds = readNumber(text, /^s$/i);
      const given = readNumber(text, /^ms$/i);
      return given ?? (seconds === undefined ? undefined : seconds * 1000);
    },
  };
}

const bandwidth: Scale = {
  stops: [...decades(20, 1_000_000), null],
  min: 1,
  max: 100_000_000,
  write(value) {
    if (value === null) return 'unlimited';
    if (value >= 1_000_000) return `${plain(value / 1_000_000)} Gbit/s`;
    return value >= 1000 ? `${plain(value / 1000)} Mbit/s` : `${plain(value)} kbit/s`;
  },
  read(text) {
    if (/^\s*(unlimited|none|no limit|∞|)\s*$/i.test(text)) return null;
    const factors: [RegExp, number][] = [
      [/^k(bit(\/s)?|bps)?$/i, 1],
      [/^m(bit(\/s)?|bps)?$/i, 1000],
      [/^g(bit(\/s)?|bps)?$/i, 1_000_000],
    ];
    for (const [unit, factor] of factors) {
      const value = readNumber(text, unit);
      if (value !== undefined) return value * factor;
    }
    return undefined;
  },
};

export const NETWORK_SCALES: Record<NetworkKey, Scale> = {
  rttMs: milliseconds('', [0, ...decades(1, 2000)]),
  jitterMs: milliseconds('± ', [0, ...decades(1, 500)]),
  lossPct: {
    stops: [0, 0.1, 0.2, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50],
    min: 0,
    max: 100,
    write: (value) => `${plain(value ?? 0, 3)} %`,
    read: (text) => readNumber(text, /^%$/),
  },
  rateKbps: bandwidth,
};

/** The stop that is nearest to a value. */
export function nearestStop(scale: Scale, value: number | null): number {
  if (value === null) return scale.stops.length - 1;
  let best = 0;
  scale.stops.forEach((stop, index) => {
    const now = scale.stops[best] ?? Number.POSITIVE_INFINITY;
    if (stop !== null && Math.abs(stop - value) < Math.abs(now - value)) best = index;
  });
  return best;
}

/** A typed value within the scale's bounds, rounded to what a scenario is written with; undefined: out of bounds. */
export function within(scale: Scale, value: number | null): number | null | undefined {
  if (value === null) return null;
  const rounded = Math.round(value * 1000) / 1000;
  return rounded >= scale.min && rounded <= scale.max ? rounded : undefined;
}
