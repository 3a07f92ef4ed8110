import { type Change, setPath } from './edit.ts';
import { REGISTRIES } from './registries.ts';
import { type ScenarioInput, validate } from './validate.ts';

/**
 * Faults that name a node of the scenario's backplane, for another one: the crash or pause of a node is that of its first
 * node, and who was cut off from a node is cut off from all of them.
 * @returns the changes of those faults; none where the other has no nodes
 */
export function sameTrouble(scenario: ScenarioInput, kind: string): Change[] {
  const { faults = [] } = scenario;
  if (faults.length === 0 || kind === (scenario.backplane?.kind ?? 'direct')) return [];
  const from = nodesOf(scenario);
  const [first] = nodesOf({ ...scenario, backplane: { kind } });
  if (first === undefined) return [];
  return faults.flatMap((fault, index): Change[] => {
    const path = `faults[${index}]`;
    if ('between' in fault && fault.between !== undefined)
      return fault.between.flatMap((end, at) =>
        from.includes(end) ? [{ path: `${path}.between[${at}]`, value: 'backplane' }] : [],
      );
    if (!('target' in fault) || typeof fault.target !== 'string' || !from.includes(fault.target)) return [];
    return fault.kind.startsWith('broker-') ? [{ path: `${path}.target`, value: first }] : [];
  });
}

/** The scenario with another backplane, with its defaults and the same trouble. It may still name what is gone. */
export function withBackplane(scenario: ScenarioInput, kind: string): ScenarioInput {
  let input: ScenarioInput = { ...scenario, backplane: { kind } };
  for (const { path, value } of sameTrouble(scenario, kind)) {
    const changed = setPath(input, path, value);
    if (changed.ok) input = changed.input;
  }
  return input;
}

/** The names of the nodes of a scenario's backplane. */
function nodesOf({ faults: _faults, expect: _expect, ...calm }: ScenarioInput): string[] {
  const validation = validate(calm);
  if (!validation.ok) return [];
  const { backplane } = validation.plan;
  return (REGISTRIES.backplanes[backplane.kind]?.nodes(backplane) ?? []).map(({ name }) => name);
}
