import { quantile, quantileOf } from '../judge.ts';
import { rigEvents } from '../rig.ts';

/** What is read of a record of update latency. */
interface Measured {
  conditions: { rtt_ms: number };
  parameters: { secs: number; rate_per_s: number };
  metrics: { latency_ms: { p10: number; p25: number; p75: number } };
}

/** Quantiles that are not judged, and so may tell something about the record. */
const HINTS = [
  [0.1, 'p10'],
  [0.25, 'p25'],
  [0.75, 'p75'],
] as const;

export interface Clock {
  /**
   * The moment in the period, ms from the start of publishing, at which questions reached the server.
   * @param addedMs what else than waiting for the next question made each of the hinting quantiles so long, ms
   */
  phase(addedMs?: readonly number[]): number;
  /** What a run at this phase has in each of the hinting quantiles beyond waiting and the way back, ms. */
  addedTo(phase: number, latenciesMs: readonly number[]): number[];
}

/** The timer of a record's poller, which no record tells, by the quantiles that nobody judges. */
export function clockOf(record: Measured, periodMs: number): Clock {
  const { secs, rate_per_s: perSecond } = record.parameters;
  const wayBackMs = record.conditions.rtt_ms / 2;
  const waitOf = (phase: number, at: number) => modulo(phase - at, periodMs);
  // From one phase to the next all waits grow alike, but for those that come round to nothing: sorting once will do.
  const byWait = rigEvents(perSecond, secs).sort((a, b) => waitOf(0, a) - waitOf(0, b));
  const shortest = byWait.map((at) => waitOf(0, at));
  /** Quantiles without losses. @param first of those that waited less than the others, having come round */
  const quantilesAt = (phase: number, first: number) => {
    const wait = (place: number) => waitOf(phase, byWait[(first + place) % byWait.length] as number);
    return HINTS.map(([q]) => wayBackMs + quantileOf(byWait.length, wait, q));
  };
  const firstAt = (phase: number) => {
    const first = shortest.findIndex((wait) => wait + phase >= periodMs);
    return first < 0 ? byWait.length : first;
  };
  return {
    phase(addedMs = HINTS.map(() => 0)) {
      let first = byWait.length;
      let best = 0;
      let least = Number.POSITIVE_INFINITY;
      for (let phase = 0; phase < periodMs; phase++) {
        while (first > 0 && (shortest[first - 1] as number) + phase >= periodMs) first--;
        const expected = quantilesAt(phase, first);
        const error = HINTS.reduce((sum, [, metric], i) => {
          const off = record.metrics.latency_ms[metric] - (expected[i] as number) - (addedMs[i] as number);
          return sum + Math.abs(off);
        }, 0);
        if (error < least) [best, least] = [phase, error];
      }
      return best;
    },
    addedTo(phase, latenciesMs) {
      const sorted = [...latenciesMs].sort((a, b) => a - b);
      const waited = quantilesAt(phase, firstAt(phase));
      return HINTS.map(([q], i) => quantile(sorted, q) - (waited[i] as number));
    },
  };
}

/** The remainder that is never negative. */
export const modulo = (value: number, by: number): number => ((value % by) + by) % by;
