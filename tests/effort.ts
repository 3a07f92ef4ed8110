/**
 * How thorough the tests are. `npm run check` asks for `quick`: every test runs, generated cases are fewer, and of
 * measured records a share is replayed. Anything else is thorough.
 */
const isQuick = process.env.HOPSCOPE_EFFORT === 'quick';

/** Generated cases of a property. @param thorough how many there are in a thorough run @param quick and in a quick one */
export const cases = (thorough: number, quick: number): number => (isQuick ? quick : thorough);

/** Effort of an experiment's samples, 1 being the report's. @param quick what is expected has to leave room for it */
export const effort = (thorough: number, quick: number): number => (isQuick ? quick : thorough);

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** In a quick run a share of the records, spread so that no order among them is met; else all. @param quick from 0 to 1 */
export const someOf = <T>(records: readonly T[], quick: number): T[] =>
  records.filter((_, i) => !isQuick || (i * GOLDEN) % 1 < quick);
