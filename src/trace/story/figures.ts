import type { Part } from './story.ts';
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

/** "84 ms = 50 network + 34 held back behind message 39". Labels of one kind that come back are added up. */
export function equation(latencyUs: number, parts: readonly Part[]): string {
  const sums = new Map<string, number>();
  for (const { label, us } of parts) sums.set(label, (sums.get(label) ?? 0) + us);
  // The same places as the figure of the whole, `time`, has.
  const ms = latencyUs / 1000;
  const inSeconds = ms >= 999.5;
  const unitUs = inSeconds ? 1_000_000 : 1000;
  const places = inSeconds ? (ms < 9_995 ? 2 : ms < 99_950 ? 1 : 0) : ms < 0.9995 ? 2 : ms < 9.95 ? 1 : 0;
  const stepUs = unitUs / 10 ** places;
  const figures = roundTogether([...sums.values()], stepUs);
  const terms = [...sums.keys()]
    .map((label, index) => ({ label, steps: figures[index] as number }))
    .filter(({ steps }) => steps > 0)
    .sort((a, b) => Number(b.label === 'network') - Number(a.label === 'network') || b.steps - a.steps);
  const total = time(latencyUs);
  if (terms.length === 0) return `${total} in all`;
  if (terms.length === 1) return `${total}, all of it ${terms[0]?.label}`;
  return `${total} = ${terms
    .map(({ label, steps }) => `${((steps * stepUs) / unitUs).toFixed(places)} ${label}`)
    .join(' + ')}`;
}
