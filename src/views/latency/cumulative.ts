/** Steps that are drawn: as many as can be told apart. */
const MOST_STEPS = 160;

/** A point of an empirical distribution function: so large a share of the values is no larger. */
export interface Point {
  us: number;
  share: number;
}

/** The empirical distribution function of ascending values, rising, with at most {@link MOST_STEPS} steps. */
export function cumulative(values: Float64Array): Point[] {
  const steps = Math.min(values.length, MOST_STEPS);
  return Array.from({ length: steps }, (_, step) => {
    const rank = Math.ceil(((step + 1) * values.length) / steps);
    return { us: values[rank - 1] as number, share: rank / values.length };
  });
}

const DASHES = ['', '7 3', '2 3', '9 3 2 3', '12 4', '4 2', '1 4', '9 3 2 3 2 3'];

/** Dashes of a line, so that lines of one colour can be told apart. */
export const dashOf = (index: number): string => DASHES[index % DASHES.length] ?? '';
