/** A logarithmic axis of time. */
export interface LatencyAxis {
  lowUs: number;
  highUs: number;
  /** Labelled ticks. */
  ticks: { us: number; label: string }[];
  /** Position of a latency, 0 to 1; what lies outside is put at the edge. */
  at(us: number): number;
}

/** What the axis always shows: from a fast hop to a slow poll. */
const LOW_US = 20_000;
const HIGH_US = 5_000_000;
const LEAST_US = 1;

/**
 * Both ends of the axis for latencies from `minUs` to `maxUs`. It starts out wide enough for nearly every run and only
 * grows, in steps of 1, 2, 5, so that it stands still while samples come in.
 */
export const latencyExtent = (minUs: number, maxUs: number): { lowUs: number; highUs: number } => ({
  lowUs: Math.min(LOW_US, roundDown(Math.max(LEAST_US, minUs))),
  highUs: Math.max(HIGH_US, roundUp(maxUs)),
});

/** The axis between two ends. @param width px it will be drawn in, which decides how many ticks have a label */
export function latencyAxis(lowUs: number, highUs: number, width: number): LatencyAxis {
  const span = Math.log10(highUs / lowUs);
  const at = (us: number) => Math.min(1, Math.max(0, Math.log10(Math.max(us, LEAST_US) / lowUs) / span));
  const room = Math.max(2, Math.floor(width / 44));
  const candidates = [[1, 2, 5], [1, 3], [1]].map((steps) => ticksBetween(lowUs, highUs, steps));
  const decades = candidates[2] as number[];
  const thin = decades.filter((_, i) => i % Math.ceil(decades.length / room) === 0);
  const chosen = candidates.find((ticks) => spaced(ticks, at, width)) ?? thin;
  return { lowUs, highUs, at, ticks: chosen.map((us) => ({ us, label: tickLabel(us) })) };
}

/** Whether labels of neighbours have room. */
const spaced = (ticks: number[], at: (us: number) => number, width: number): boolean =>
  ticks.every((us, i) => i === 0 || (at(us) - at(ticks[i - 1] as number)) * width >= 34);

function ticksBetween(lowUs: number, highUs: number, steps: number[]): number[] {
  const ticks: number[] = [];
  for (let decade = 10 ** Math.floor(Math.log10(lowUs)); decade <= highUs; decade *= 10) {
    for (const step of steps) {
      const us = decade * step;
      if (us >= lowUs * 0.999 && us <= highUs * 1.001) ticks.push(us);
    }
  }
  return ticks;
}

const STEPS = [1, 2, 5, 10];

function roundDown(us: number): number {
  const decade = 10 ** Math.floor(Math.log10(us));
  return decade * (STEPS.findLast((step) => decade * step <= us * 1.0001) ?? 1);
}

function roundUp(us: number): number {
  const decade = 10 ** Math.floor(Math.log10(Math.max(us, LEAST_US)));
  return decade * (STEPS.find((step) => decade * step >= us * 0.9999) ?? 10);
}

/** Whole figures in the unit that suits: 20 (ms is said once, beside the axis), 1 s, 500 µs. */
function tickLabel(us: number): string {
  if (us < 1000) return `${us}\u00a0µs`;
  if (us < 1_000_000) return `${us / 1000}`;
  return `${us / 1_000_000}\u00a0s`;
}
