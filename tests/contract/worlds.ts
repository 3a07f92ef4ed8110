import { expect, it } from 'vitest';
import { findPreset } from '../../src/scenarios/presets/index.ts';
import { createRun, type Run } from '../../src/scenarios/run.ts';
import { problemsLine, type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import type { Kind } from '../../src/trace/kinds.ts';
import type { TraceRecord } from '../../src/trace/trace.ts';

/** Runs a scenario to its end, and keeps every record. */
export function run(scenario: object): Run {
  const checked = validate(scenario as ScenarioInput);
  if (!checked.ok) throw new Error(problemsLine(checked.problems));
  const world = createRun(checked.plan, 'all');
  world.advance(world.endUs);
  return world;
}

export const presetScenario = (name: string) => findPreset(name)?.scenario as ScenarioInput;

/** A preset, with other options of its backplane. */
export function variant(name: string, backplane: object = {}, over: object = {}): Run {
  const scenario = presetScenario(name);
  return run({ ...scenario, backplane: { ...scenario.backplane, ...backplane }, ...over });
}

/** The records of a kind. */
export const recordsOf = ({ trace }: Run, kind: Kind): TraceRecord[] => [...trace.all([kind])];

/** Why messages were dropped, in the order in which each reason came up. */
export const reasonsOf = (of: Run): Set<string> =>
  new Set(recordsOf(of, 'message.dropped').map(({ reason }) => String(reason)));

/** A test that a preset's expectations hold: that it shows what it says. */
export const showsItsLesson = (name: string) =>
  it('shows what it says', () => {
    const { expectations } = run(presetScenario(name)).report();
    expect(expectations.filter(({ ok }) => !ok)).toEqual([]);
    expect(expectations.length).toBeGreaterThan(0);
  });
