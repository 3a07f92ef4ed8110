import type { ScenarioInput } from '../schema/scenario.ts';

/** A scenario that comes along. Its title and what to watch are in the scenario: `name` and `about`. */
export interface Preset {
  /** What it is called on the command line and in links. */
  readonly name: string;
  readonly scenario: ScenarioInput;
}
