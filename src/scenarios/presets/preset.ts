import type { ScenarioInput } from '../schema/scenario.ts';
import type { PresetGroup } from './groups.ts';

/** A scenario that comes along. Its title and what to watch are in the scenario: `name` and `about`. */
export interface Preset {
  /** What it is called on the command line and in links. */
  readonly name: string;
  /** Under which heading a menu lists it. */
  readonly group: PresetGroup;
  readonly scenario: ScenarioInput;
}
