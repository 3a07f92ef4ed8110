const DIGITS = 100;
const rounded = (value) => Math.round(value * DIGITS) / DIGITS;

/** The statistics of a sample, as records have them: quantiles by linear interpolation. */
export function summary(sample) {
  const sorted = [...sample].sort((a, b) => a - b);
  const quantile = (q) => {
    const at = q * (sorted.length - 1);
    const below = Math.floor(at);
    return sorted[below] + ((sorted[below + 1] ?? sorted[below]) - sorted[below]) * (at - below);
  };
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const sd = Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sorted.length);
  const all = {
    min: sorted[0],
    p50: quantile(0.5),
    p90: quantile(0.9),
    p99: quantile(0.99),
    max: sorted.at(-1),
    mean,
    sd,
  };
  return {
    n: sorted.length,
    ...Object.fromEntries(Object.entries(all).map(([name, value]) => [name, rounded(value)])),
  };
}
