import type { LuckGroup, Spread } from '../../pages/play/branches/model.ts';
import type { Report } from '../../scenarios/report.ts';
import { summarise } from '../../scenarios/summary.ts';

/** What one seed brought a group, ms. */
export interface SeedFigures {
  p50: number;
  p99: number;
  worst: number;
  lost: number;
}

/** What one seed brought: figures of each group that got something. */
export interface SeedResult {
  seed: number;
  wallMs: number;
  groups: Record<string, SeedFigures | null>;
}

/** The part of a report that luck is judged by. */
export function resultOf(report: Report): SeedResult {
  const groups = Object.entries(report.groups).map(([name, { deliveries }]) => {
    const { p50, p99, max } = deliveries.latencyMs;
    const none = p50 === null || p99 === null || max === null;
    return [name, none ? null : { p50, p99, worst: max, lost: deliveries.lost }] as const;
  });
  return {
    seed: report.scenario.seed,
    wallMs: report.engine.wallMs,
    groups: Object.fromEntries(groups),
  };
}

/** Under so many seeds a range says nothing. */
export const FEWEST_SEEDS = 5;

/**
 * How one group fares over seeds; null: too few of them brought it anything.
 * @param here the seed that is shown
 */
export function luckOfGroup(
  group: { name: string; title: string; transport: string },
  results: readonly SeedResult[],
  here: SeedFigures | null,
): LuckGroup | null {
  const seen = results.flatMap(({ seed, groups }) => {
    const figures = groups[group.name];
    return figures ? [{ seed, ...figures }] : [];
  });
  if (seen.length < FEWEST_SEEDS) return null;
  const byWorst = seen.toSorted((a, b) => a.worst - b.worst || a.seed - b.seed);
  const example = (share: number) => byWorst[Math.round(share * (byWorst.length - 1))]?.seed ?? 0;
  const lost = seen.map((one) => one.lost).sort((a, b) => a - b);
  return {
    group: group.name,
    title: group.title,
    transport: group.transport,
    seeds: seen.length,
    p50: spreadOf(seen.map((one) => one.p50)),
    p99: spreadOf(seen.map((one) => one.p99)),
    worst: spreadOf(seen.map((one) => one.worst)),
    lost: {
      min: lost[0] ?? 0,
      max: lost.at(-1) ?? 0,
      median: lost[Math.ceil(lost.length / 2) - 1] ?? 0,
    },
    here,
    slower: here === null ? 0 : seen.filter((one) => one.worst > here.worst).length,
    examples: { best: example(0), middle: example(0.5), worst: example(1) },
  };
}

/** By nearest rank, as everywhere. @param valuesMs not empty */
function spreadOf(valuesMs: number[]): Spread {
  const { min, p50, p90, max, quantiles } = summarise(valuesMs.map((ms) => Math.round(ms * 1000)));
  return { min: min ?? 0, p10: quantiles?.[10] ?? 0, median: p50 ?? 0, p90: p90 ?? 0, max: max ?? 0 };
}
