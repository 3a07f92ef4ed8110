import { setPath } from '../../src/scenarios/edit.ts';
import { findPreset } from '../../src/scenarios/presets/index.ts';
import { createRun } from '../../src/scenarios/run.ts';
import { type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import type { Trace } from '../../src/trace/trace.ts';

/** The whole trace of a preset, simulated; `changes` are applied to its scenario first. */
export function simulated(name: string, changes: Record<string, unknown> = {}, maxRows?: number): Trace {
  let input = findPreset(name)!.scenario as ScenarioInput;
  for (const [path, value] of Object.entries(changes)) {
    const changed = setPath(input, path, value);
    if (!changed.ok) throw new Error(`${path} cannot be set`);
    input = changed.input as ScenarioInput;
  }
  const validation = validate(input);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  const run = createRun(validation.plan, 'all', maxRows);
  run.advance(run.endUs);
  return run.trace;
}
