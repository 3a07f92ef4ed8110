import { HOP } from './hop-legs.ts';
import type { Part, PartKind } from './story.ts';
import { time } from './words.ts';

/**
 * Rounds parts so that the figures shown add up to the figure shown for the whole (largest remainder).
 * @param stepUs what one unit of the last place is worth
 */
export function roundTogether(us: readonly number[], stepUs: number): number[] {
  const total = Math.round(us.reduce((sum, one) => sum + one, 0) / stepUs);
  const floors = us.map((one) => Math.floor(one / stepUs));
  let left = total - floors.reduce((sum, one) => sum + one, 0);
  const order = us
    .map((one, index) => ({ index, rest: one / stepUs - Math.floor(one / stepUs) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of order) {
    if (left <= 0) break;
    floors[index] = (floors[index] as number) + 1;
    left--;
  }
  return floors;
}

/** A part as it is listed: all stretches of one label together, with its figure. */
export interface Listed {
  label: string;
  kind: PartKind;
  /** Where the first stretch begins. */
  fromUs: number;
  us: number;
  /** In steps of {@link placesOf}, so that all of them add up. */
  steps: number;
}

/** The places that a figure of this size is shown with, as `time` has them. */
function placesOf(latencyUs: number): { unitUs: number; places: number; stepUs: number } {
  const ms = latencyUs / 1000;
  const unitUs = ms >= 999.5 ? 1_000_000 : 1000;
  const places = ms >= 999.5 ? (ms < 9_995 ? 2 : ms < 99_950 ? 1 : 0) : ms < 0.9995 ? 2 : ms < 9.95 ? 1 : 0;
  return { unitUs, places, stepUs: unitUs / (places === 2 ? 100 : places === 1 ? 10 : 1) };
}

function listed(latencyUs: number, parts: readonly Part[]): Listed[] {
  const byLabel = new Map<string, Listed>();
  for (const { label, kind, fromUs, us } of parts) {
    const known = byLabel.get(label);
    if (known === undefined) byLabel.set(label, { label, kind, fromUs, us, steps: 0 });
    else known.us += us;
  }
  const list = [...byLabel.values()];
  const steps = roundTogether(
    list.map(({ us }) => us),
    placesOf(latencyUs).stepUs,
  );
  return list.map((one, index) => ({ ...one, steps: steps[index] as number }));
}

/** The parts by label, in the order of time, each with the figure that it has in {@link equation}. */
export function partFigures(parts: readonly Part[]): (Listed & { figure: string })[] {
  const total = parts.reduce((sum, { us }) => sum + us, 0);
  const { stepUs } = placesOf(total);
  // Seconds would round short parts away; there each has a unit of its own.
  return listed(total, parts).map((one) => ({
    ...one,
    figure: time(total < 999_500 && one.steps > 0 ? one.steps * stepUs : one.us),
  }));
}

/**
 * "84 ms = 50 network + 34 held back behind message 39". Labels of one kind that come back are added up, and what is of
 * hop 2 is one term.
 */
export function equation(latencyUs: number, parts: readonly Part[]): string {
  const { unitUs, places, stepUs } = placesOf(latencyUs);
  const whole = parts.map((part) => (part.label.startsWith(HOP) ? { ...part, label: HOP } : part));
  const terms = listed(latencyUs, whole)
    .filter(({ steps }) => steps > 0)
    .sort((a, b) => Number(b.label === 'network') - Number(a.label === 'network') || b.steps - a.steps);
  const total = time(latencyUs);
  if (terms.length === 0) return `${total} in all`;
  if (terms.length === 1) return `${total}, all of it ${terms[0]?.label}`;
  return `${total} = ${terms
    .map(({ label, steps }) => `${((steps * stepUs) / unitUs).toFixed(places)} ${label}`)
    .join(' + ')}`;
}
