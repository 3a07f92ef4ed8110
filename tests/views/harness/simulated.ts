import { setPath } from '../../../src/scenarios/edit.ts';
import { findPreset } from '../../../src/scenarios/presets/index.ts';
import { createRun } from '../../../src/scenarios/run.ts';
import { type ScenarioInput, validate } from '../../../src/scenarios/validate.ts';

/** A real run of a preset, with changes such as `clients[0].count=5` applied. */
export function simulated(name: string, changes: readonly string[]) {
  let input = findPreset(name)!.scenario as ScenarioInput;
  for (const change of changes) {
    const [path, value] = change.split('=') as [string, string];
    const changed = setPath(input, path, JSON.parse(value));
    if (changed.ok) input = changed.input as ScenarioInput;
  }
  const validation = validate(input);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  const run = createRun(validation.plan, 'all');
  run.advance(run.endUs);
  return run.trace;
}
