import { REGISTRIES } from './registries.ts';
import { type Validation, validateWith } from './schema/validate.ts';

export type { Problem } from './schema/problems.ts';
export { problemsLine, problemText } from './schema/problems.ts';
export type { ScenarioInput } from './schema/scenario.ts';
export type { Validation } from './schema/validate.ts';
export { parseScenario } from './schema/validate.ts';

/**
 * Checks a scenario and fills in its defaults. Never throws, whatever the input.
 * @param input a scenario as JSON holds it
 */
export function validate(input: unknown): Validation {
  return validateWith(REGISTRIES, input);
}
