/**
 * How thorough the tests are. `npm run check` asks for `quick`: every test runs, generated cases are fewer and simulated
 * samples smaller. Anything else is thorough.
 */
const isQuick = process.env.HOPSCOPE_EFFORT === 'quick';

/** Generated cases of a property. @param thorough how many there are in a thorough run @param quick and in a quick one */
export const cases = (thorough: number, quick: number): number => (isQuick ? quick : thorough);

/** Effort of an experiment's samples, 1 being the report's. @param quick what is expected has to leave room for it */
export const effort = (thorough: number, quick: number): number => (isQuick ? quick : thorough);
