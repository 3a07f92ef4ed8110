import { asName } from '../../trace/names.ts';
import type { Change } from '../edit.ts';
import type { GroupInput } from '../schema/scenario.ts';
import type { ScenarioInput } from '../validate.ts';
import { BACKPLANE_SETS } from './backplane-sets.ts';
import { applyChanges, type Comparison, VARIANTS, type Variant } from './comparison.ts';
import { networkChanges, transportTitle, variantsOf } from './sets.ts';

/** The one group that all others become: links and luck go by the name, so all variants meet the same losses. */
const READER = 'reader';

/**
 * What to compare of a scenario to begin with. Groups that differ in their transport only, as in the race, become one
 * group, and each transport a variant: so each meets the same arrivals and the same losses. A scenario with a backplane
 * is held against its rivals.
 */
export function startingComparison(scenario: ScenarioInput): Comparison {
  // Who says what messages are published to is asking about that.
  const asked = scenario.topics !== undefined ? variantsOf(scenario, 'topics') : [];
  if (asked.length > 1) return { base: scenario, variants: asked };
  const backplanes = rivals(scenario);
  if (backplanes.length > 1) return { base: scenario, variants: backplanes };
  const base = baseOf(scenario);
  const merged = base === scenario ? [] : scenario.clients.slice(0, VARIANTS.most).map(variantOf);
  if (holds(base, merged)) return { base, variants: merged };
  const transports = scenario.clients.length === 1 ? variantsOf(scenario, 'transports') : [];
  if (transports.length > 1) return { base: scenario, variants: transports };
  const lossPct = scenario.network?.access?.lossPct ?? 0;
  return {
    base: scenario,
    variants: [
      { name: 'As it is', set: [] },
      { name: `Loss ${lossPct + 5} %`, set: networkChanges(scenario, 'lossPct', Math.min(100, lossPct + 5)) },
    ],
  };
}

/** The backplane that a fleet has, and then the others of its set. */
function rivals(scenario: ScenarioInput): Variant[] {
  const applied = applyChanges(scenario, []);
  if (!applied.ok || applied.plan.servers.count === 1) return [];
  const { kind } = applied.plan.backplane;
  const set = BACKPLANE_SETS.find(({ kinds }) => kinds.some((one) => one === kind));
  const variants = set === undefined ? [] : variantsOf(scenario, set.id);
  const own = (variant: Variant) => variant.set[0]?.value === kind;
  return [...variants.filter(own), ...variants.filter((variant) => !own(variant))];
}

/** The scenario that variants are made of: with one group in place of groups that differ in their transport only. */
export function baseOf(scenario: ScenarioInput): ScenarioInput {
  const [first, ...others] = scenario.clients;
  const apart = ({ name: _name, transport: _transport, reconnect: _reconnect, ...rest }: GroupInput) =>
    JSON.stringify(rest);
  if (first === undefined || others.length === 0) return scenario;
  if (others.some((group) => apart(group) !== apart(first))) return scenario;
  const { faults, expect: _expect, ...rest } = scenario;
  const { transport, reconnect: _reconnect, ...reader } = first;
  // Options are the variants' own: nothing of the first group's is left with the others.
  const clients = [{ ...reader, name: READER, transport: { kind: transport.kind } }];
  const merged: ScenarioInput = { ...rest, clients };
  if (faults === undefined) return merged;
  const names = new Set(scenario.clients.map(({ name }) => name));
  const retargeted = faults.map((fault) => retarget(fault, names));
  const seen = new Set<string>();
  const distinct = retargeted.filter((fault) => {
    const text = JSON.stringify(fault);
    return !seen.has(text) && seen.add(text);
  });
  return { ...merged, faults: distinct };
}

type FaultInput = NonNullable<ScenarioInput['faults']>[number];

/** What was aimed at one of the groups is aimed at the one that stands for them. */
function retarget(fault: FaultInput, names: ReadonlySet<string>): FaultInput {
  if (!('target' in fault) || typeof fault.target !== 'string') return fault;
  const [name = '', number] = fault.target.split('/');
  if (!names.has(name)) return fault;
  return { ...fault, target: number === undefined ? READER : `${READER}/${number}` } as FaultInput;
}

function variantOf({ name, transport, reconnect }: GroupInput): Variant {
  const { kind, ...options } = transport;
  const within = (path: string, values: object): Change[] =>
    Object.entries(values).map(([key, value]) => ({ path: `${path}.${key}`, value }));
  const set = [
    { path: 'clients[0].transport.kind', value: kind },
    ...within('clients[0].transport', options),
    ...within('clients[0].reconnect', reconnect ?? {}),
  ];
  return { name: name === kind ? transportTitle(name) : asName(name), set };
}

const holds = (base: ScenarioInput, variants: readonly Variant[]): boolean =>
  variants.length >= VARIANTS.least && variants.every(({ set }) => applyChanges(base, set).ok);
