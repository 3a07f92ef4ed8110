import type { Change } from '../edit.ts';
import { REGISTRIES } from '../registries.ts';
import { type ScenarioInput, validate } from '../validate.ts';
import { applyChanges, type Variant } from './comparison.ts';

/** Those in which a source sends to the servers itself: to one, or to the owner of each client. */
const STRAIGHT = ['direct', 'modulo-hash', 'hash-ring'];

const KINDS = Object.keys(REGISTRIES.backplanes);

/** Two sets with all backplanes between them, as there are more than a comparison can have. */
export const BACKPLANE_SETS = [
  {
    id: 'backplanes',
    title: 'Every broker, and a database',
    about: 'The same load through each store or broker between the source and the servers.',
    kinds: KINDS.filter((kind) => !STRAIGHT.includes(kind)),
  },
  {
    id: 'straight',
    title: 'Direct · modulo hashing · hash ring',
    about: 'The same load straight from the source to servers: to one, or to the owner of each client.',
    kinds: STRAIGHT,
  },
] as const;

/** The scenario over each of some backplanes, with the trouble that it has. */
export function backplaneVariants(base: ScenarioInput, kinds: readonly string[]): Variant[] {
  const nodes = nodesOf(base);
  return kinds.map((kind) => {
    const set: Change[] = [{ path: 'backplane.kind', value: kind }];
    if (kind !== (base.backplane?.kind ?? 'direct'))
      set.push(...sameTrouble(base, nodes, nodesOf(base, set)));
    return { name: REGISTRIES.backplanes[kind]?.title ?? kind, set };
  });
}

/**
 * Faults that name a node of the base's backplane, for another one: the crash or pause of a node is that of its first
 * node, and who was cut off from a node is cut off from all of them.
 */
function sameTrouble(base: ScenarioInput, from: readonly string[], to: readonly string[]): Change[] {
  const [first] = to;
  if (first === undefined) return [];
  return (base.faults ?? []).flatMap((fault, index): Change[] => {
    const path = `faults[${index}]`;
    if ('between' in fault && fault.between !== undefined)
      return fault.between.flatMap((end, at) =>
        from.includes(end) ? [{ path: `${path}.between[${at}]`, value: 'backplane' }] : [],
      );
    if (!('target' in fault) || typeof fault.target !== 'string' || !from.includes(fault.target)) return [];
    return fault.kind.startsWith('broker-') ? [{ path: `${path}.target`, value: first }] : [];
  });
}

/** The names of the nodes that the scenario has once it is changed, its faults aside. */
function nodesOf(base: ScenarioInput, set: readonly Change[] = []): string[] {
  const { faults: _faults, expect: _expect, ...calm } = base;
  const applied = set.length === 0 ? validate(calm) : applyChanges(calm, set);
  if (!applied.ok) return [];
  const { backplane } = applied.plan;
  return (REGISTRIES.backplanes[backplane.kind]?.nodes(backplane) ?? []).map(({ name }) => name);
}
