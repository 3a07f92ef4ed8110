/**
 * Samples in ms, summed up. Quantiles are nearest rank: the q-quantile of n samples is the ⌈q·n⌉-th smallest (the
 * smallest for q = 0), always one of the samples. `sd` is that of a sample (n − 1), 0 for a single one.
 */
export interface Summary {
  count: number;
  mean: number | null;
  sd: number | null;
  min: number | null;
  p50: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
  max: number | null;
  /** The 0 %, 1 %, … 100 % quantiles. */
  quantiles: number[] | null;
}

/** @param samplesUs whole µs, in any order; not changed */
export function summarise(samplesUs: readonly number[]): Summary {
  const count = samplesUs.length;
  if (count === 0) {
    return {
      count,
      mean: null,
      sd: null,
      min: null,
      p50: null,
      p90: null,
      p95: null,
      p99: null,
      max: null,
      quantiles: null,
    };
  }
  const sorted = Float64Array.from(samplesUs).sort();
  const quantile = (percent: number) => nearestRank(sorted, percent) / 1000;
  let sum = 0;
  for (const value of sorted) sum += value;
  const meanUs = sum / count;
  let squares = 0;
  for (const value of sorted) squares += (value - meanUs) * (value - meanUs);
  return {
    count,
    mean: meanUs / 1000,
    sd: count === 1 ? 0 : Math.sqrt(squares / (count - 1)) / 1000,
    min: quantile(0),
    p50: quantile(50),
    p90: quantile(90),
    p95: quantile(95),
    p99: quantile(99),
    max: quantile(100),
    quantiles: Array.from({ length: 101 }, (_, percent) => quantile(percent)),
  };
}

/** @param sorted ascending, not empty @param percent whole, so that percent · n is exact */
function nearestRank(sorted: Float64Array, percent: number): number {
  const rank = Math.max(1, Math.ceil((percent * sorted.length) / 100));
  return sorted[rank - 1] as number;
}
