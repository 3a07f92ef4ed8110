/**
 * When a simulated distribution agrees with a measured one.
 *
 * The measured value of a quantile q is itself uncertain: in a sample of n, the share of the true distribution that lies
 * below it scatters around q with the standard error √(q(1−q)/n) — its *sampling error of rank*. So the measured p50 is
 * compared not with the simulated p50 alone but with everything from the simulated quantile q − 3e to q + 3e. With a
 * perfect model about 99.7 % of measured values fall inside; beyond it only what the rig adds is allowed: 5 %, or the
 * noise that its calibration shows. The simulated sample is finite too, so its own error of rank is added (in
 * quadrature); it is made large enough for that to matter little.
 *
 * n counts samples as if they were independent. Messages behind one lost packet are late together, so the true error is
 * larger than this for streams: the rule is on the strict side there.
 */

export interface Summary {
  n: number;
  p50: number;
  p90: number;
  p99: number;
  mean: number;
  sd: number;
}

/** One compared number. */
export interface Row {
  /** Which record: experiment and conditions, readable and unique in its experiment. */
  record: string;
  metric: string;
  measured: number;
  simulated: number;
  /** Where the measured value may lie. */
  low: number;
  high: number;
  agrees: boolean;
  /** Least and largest value of the same statistic in single simulated runs as long as the measured one. */
  singleRuns?: [number, number];
  /** Share of those runs that would agree: what a perfect model can reach here. */
  par?: number;
  /** |single run − all of them| / all, of each: the errors that luck alone makes in a run as long as the measured one. */
  luck?: number[];
  /** Share of those runs that gave less: over many rows it is spread evenly from 0 to 1, if luck is all there is. */
  place?: number;
  /** Where the value may lie by the exact distribution of its rank, for samples too small for the rule's normal one. */
  smallSample?: [number, number];
}

/** Something that was measured on real machines, and is done again here. */
export interface Experiment {
  name: string;
  /**
   * Which of the rules applies: quantiles of records, or single chosen losses. Quantiles that were measured with the
   * rig in `measure` are not counted with those of the records: the conditions are ours to choose.
   */
  kind: 'quantiles' | 'quantiles again' | 'single';
  /** @param effort 1: as for the report; less: smaller samples, for a quick check */
  rows(effort?: number): Row[];
  /** Why records are missed, as far as it is known. */
  causes?: Cause[];
}

/** Why some rows miss. */
export interface Cause {
  record: RegExp;
  metric?: RegExp;
  cause: string;
}

/** Noise of the rig in ms, by metric; set-up is noisier at p99. */
const FLOOR_MS: Record<string, number> = { p50: 6, mean: 6, p90: 9, p99: 15 };
const SETUP_P99_FLOOR_MS = 40;
const SHARE = 0.05;

const RANKS = { p50: 0.5, p90: 0.9, p99: 0.99 } as const;

/** The quantile of a sorted sample, by linear interpolation (as the records were made). */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  return quantileOf(sorted.length, (place) => sorted[place] as number, q);
}

/** The same of a sample that is told by place, from the least. */
export function quantileOf(length: number, value: (place: number) => number, q: number): number {
  const at = Math.min(Math.max(q, 0), 1) * (length - 1);
  const below = Math.floor(at);
  const low = value(below);
  return low + (value(Math.min(below + 1, length - 1)) - low) * (at - below);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The same four statistics of a sample. */
export function summarise(sample: readonly number[]): Record<'p50' | 'p90' | 'p99' | 'mean', number> {
  const sorted = [...sample].sort((a, b) => a - b);
  return {
    p50: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    p99: quantile(sorted, 0.99),
    mean: mean(sorted),
  };
}

/**
 * Compares a measured summary with a simulated sample: four rows. Times in ms.
 * @param simulated a sample, or the samples of several runs: judged together, and their spread is noted
 * @param setup whether it is the time to set a connection up, which the rig measures less sharply
 */
export function compare(
  record: string,
  measured: Summary,
  simulated: readonly number[] | readonly number[][],
  setup = false,
): Row[] {
  const runs = (typeof simulated[0] === 'number' ? [simulated] : simulated) as readonly number[][];
  const sorted = runs.flat().sort((a, b) => a - b);
  const rows = Object.entries(RANKS).map(([metric, q]) => {
    const error = Math.sqrt(q * (1 - q) * (1 / measured.n + 1 / sorted.length));
    const floor = setup && metric === 'p99' ? SETUP_P99_FLOOR_MS : (FLOOR_MS[metric] as number);
    const value = measured[metric as 'p50'];
    const entry = row(
      record,
      metric,
      value,
      quantile(sorted, q),
      quantile(sorted, q - 3 * error),
      quantile(sorted, q + 3 * error),
      floor,
    );
    const [from, to] = rankOf(q, measured.n);
    const exact = row(record, metric, value, value, quantile(sorted, from), quantile(sorted, to), floor);
    if (measured.n < 10) entry.smallSample = [exact.low, exact.high];
    return entry;
  });
  const average = mean(sorted);
  const spread = Math.sqrt(mean(sorted.map((value) => (value - average) ** 2)));
  // The larger of the two spreads: a measured sample of three says little about its own.
  const error = Math.max(spread, measured.sd) * Math.sqrt(1 / measured.n + 1 / sorted.length);
  const floor = FLOOR_MS.mean as number;
  rows.push(row(record, 'mean', measured.mean, average, average - 3 * error, average + 3 * error, floor));
  if (runs.length > 1) noteSpread(rows, runs);
  return rows;
}

/**
 * The rank of a small sample's quantile in the true distribution, three standard deviations either side. The value at
 * place k of n is Beta(k, n+1−k) distributed in rank: the p99 of three samples is hardly more than their largest, whose
 * rank is three quarters on average, not 0.99.
 */
function rankOf(q: number, n: number): [number, number] {
  const average = (q * (n - 1) + 1) / (n + 1);
  const deviation = Math.sqrt((average * (1 - average)) / (n + 2));
  return [average - 3 * deviation, average + 3 * deviation];
}

function noteSpread(rows: Row[], runs: readonly number[][]): void {
  const summaries = runs.map(summarise);
  for (const entry of rows) {
    const values = summaries.map((summary) => summary[entry.metric as 'p50']);
    entry.singleRuns = [Math.min(...values), Math.max(...values)];
    entry.par = values.filter((value) => value >= entry.low && value <= entry.high).length / values.length;
    const less = values.filter((value) => value < entry.measured).length;
    entry.place = (less + 0.5) / (values.length + 1);
    entry.luck = values.map((value) => Math.abs(value - entry.simulated) / entry.simulated);
  }
}

/** A sample of independent values as samples of n, which are then its single runs. What is over joins the last. */
export function runsOf(sample: readonly number[], n: number): number[][] {
  const count = Math.max(1, Math.floor(sample.length / n));
  return Array.from({ length: count }, (_, run) =>
    sample.slice(run * n, run === count - 1 ? sample.length : (run + 1) * n),
  );
}

/** Why a row misses: luck, where single runs spread as far; else what is known. */
export function causeOf(entry: Row, causes: readonly Cause[]): string {
  const spread = entry.singleRuns;
  if (spread !== undefined && entry.measured >= spread[0] && entry.measured <= spread[1]) {
    return (
      `luck of one run: what is late comes in clumps, so single simulated runs of this length give ` +
      `${spread[0].toFixed(1)} to ${spread[1].toFixed(1)}`
    );
  }
  const small = entry.smallSample;
  if (small !== undefined && entry.measured >= small[0] && entry.measured <= small[1]) {
    return (
      'a sample of a few, for which the rule is too narrow: by the exact distribution of its rank the value may lie ' +
      `from ${small[0].toFixed(1)} to ${small[1].toFixed(1)}`
    );
  }
  const known = causes.find(
    ({ record, metric }) => record.test(entry.record) && (metric === undefined || metric.test(entry.metric)),
  );
  return known?.cause ?? 'not known';
}

/** A single value, within 5 % or 6 ms of what was simulated. */
export function compareSingle(
  record: string,
  metric: string,
  measured: number,
  simulated: number,
  floor = 6,
): Row {
  return row(record, metric, measured, simulated, simulated, simulated, floor);
}

export function row(
  record: string,
  metric: string,
  measured: number,
  simulated: number,
  from: number,
  to: number,
  floor: number,
): Row {
  const low = from - Math.max(from * SHARE, floor);
  const high = to + Math.max(to * SHARE, floor);
  return { record, metric, measured, simulated, low, high, agrees: measured >= low && measured <= high };
}

/** Runs of the whole table that are drawn for {@link luckOf}. */
const DRAWS = 40;

/**
 * Median errors that a perfect model would have: what luck makes of rows with loss, a single run of each row at a time,
 * while those without loss keep their error, which is the rig's noise. From the least to the largest of several draws.
 */
export function luckOf(rows: readonly Row[], metric: string): number[] {
  const of = rows.filter((entry) => entry.metric === metric && entry.measured !== 0);
  const drawn = Array.from({ length: DRAWS }, (_, draw) =>
    median(of.map((entry, i) => (isQuiet(entry) ? errorOf(entry) : luckAt(entry, draw + i)))),
  );
  return drawn.sort((a, b) => a - b);
}

const isQuiet = ({ luck = [] }: Row): boolean => luck.every((error) => error < 0.001);
const luckAt = ({ luck = [0] }: Row, i: number): number => luck[i % luck.length] as number;
const errorOf = ({ simulated, measured }: Row): number => Math.abs(simulated - measured) / measured;

/** How good all of it is, in the terms of the goal. */
export interface Verdict {
  rows: number;
  agreeing: number;
  /** Share that would agree if a single simulated run were the measured one; less than 1 where what is late clumps. */
  par: number;
  /** Median of |simulated − measured| / measured. */
  medianErrorP50: number;
  medianErrorMean: number;
  /** The same for a perfect model, see {@link luckOf}. */
  luckP50: number;
  luckMean: number;
  /** Places of the measured means of rows with loss among single runs, on average: one half, if luck is all there is. */
  place: number;
  /** And how far from one half that average may be by luck: three standard errors of an even spread. NaN without any. */
  placeLuck: number;
}

export function judge(rows: readonly Row[]): Verdict {
  const error = (metric: string) =>
    median(rows.filter((entry) => entry.metric === metric && entry.measured !== 0).map(errorOf));
  return {
    rows: rows.length,
    agreeing: rows.filter((entry) => entry.agrees).length,
    par: mean(rows.map((entry) => entry.par ?? 1)),
    medianErrorP50: error('p50'),
    medianErrorMean: error('mean'),
    luckP50: quantile(luckOf(rows, 'p50'), 0.5),
    luckMean: quantile(luckOf(rows, 'mean'), 0.5),
    ...placeOf(rows),
  };
}

function placeOf(rows: readonly Row[]): { place: number; placeLuck: number } {
  const places = rows.flatMap((entry) =>
    entry.metric === 'mean' && entry.place !== undefined && !isQuiet(entry) ? [entry.place] : [],
  );
  return { place: mean(places), placeLuck: 3 * Math.sqrt(1 / 12 / places.length) };
}

/** Of no values: 0. */
function median(values: readonly number[]): number {
  return values.length === 0
    ? 0
    : quantile(
        [...values].sort((a, b) => a - b),
        0.5,
      );
}
