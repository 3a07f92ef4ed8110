import type { Report } from '../report.ts';
import type { Figure, Part } from './figure.ts';
import { ROWS } from './figure-rows.ts';

/**
 * The figures of several reports beside each other, as the reports have them.
 * @param reports null: that run is not at its end @param group null: everybody
 */
export function figuresOf(reports: readonly (Report | null)[], group: string | null): Figure[] {
  const parts = reports.map((report) => partOf(report, group));
  const rows = ROWS.map(({ of, seldom = false, ...rest }) => ({
    seldom,
    ...rest,
    values: reports.map((report, index) => {
      const part = parts[index];
      return report === null || part == null ? null : of(report, part);
    }),
  }));
  const shown = rows.filter(({ seldom, values }) =>
    typeof seldom === 'function'
      ? reports.some((report) => report !== null && seldom(report))
      : !seldom || values.some((value) => (value ?? 0) > 0),
  );
  const figures = shown.map(({ seldom: _, ...figure }) => figure);
  return [...figures, ...backplaneFigures(reports)];
}

function partOf(report: Report | null, group: string | null): Part | null {
  if (report === null) return null;
  if (group !== null) return Object.hasOwn(report.groups, group) ? (report.groups[group] ?? null) : null;
  const groups = Object.values(report.groups);
  // One group is everybody, and says more of itself than the totals do.
  return groups.length === 1 ? (groups[0] ?? null) : report.totals;
}

/** Whatever a backplane counts, by the names that it has in the report. */
function backplaneFigures(reports: readonly (Report | null)[]): Figure[] {
  const numbers = reports.map((report) =>
    report === null ? new Map<string, number>() : numbersIn(report.backplane, ''),
  );
  const keys = new Set(numbers.flatMap((map) => [...map.keys()]));
  return [...keys].map((key) => ({
    id: `backplane.${key}`,
    section: 'Hop 2',
    title: key
      .replace(/Ms$/, '')
      .replace(/([a-z])([A-Z])/g, (_, one: string, other: string) => `${one} ${other.toLowerCase()}`)
      .replaceAll('.', ' '),
    unit: key.endsWith('Ms') ? 'ms' : '',
    better: null,
    about: `backplane.${key} of the report`,
    values: numbers.map((map) => map.get(key) ?? null),
  }));
}

/** Numbers within numbers: a summary's list of quantiles is left out. */
function numbersIn(value: object, path: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [key, inner] of Object.entries(value)) {
    const name = path === '' ? key : `${path}.${key}`;
    if (typeof inner === 'number') found.set(name, inner);
    else if (typeof inner === 'object' && inner !== null && !Array.isArray(inner))
      for (const [deeper, number] of numbersIn(inner, name)) found.set(deeper, number);
  }
  return found;
}
