export type Mark = 'best' | 'worst';

/**
 * Which figures of a row are the best and the worst; all that share the place. None where all are alike, or where more
 * is neither better nor worse.
 */
export function marksOf(values: readonly (number | null)[], better: 'less' | 'more' | null): (Mark | null)[] {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (better === null || known.length < 2 || low === high) return values.map(() => null);
  const [best, worst] = better === 'less' ? [low, high] : [high, low];
  return values.map((value) => (value === best ? 'best' : value === worst ? 'worst' : null));
}
