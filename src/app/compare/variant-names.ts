import type { Plan } from '../../engine/contract/plan.ts';
import { applyChanges, VARIANTS, type Variant } from '../../scenarios/compare/comparison.ts';
import { offered } from '../../scenarios/compare/sets.ts';
import { startingComparison } from '../../scenarios/compare/start.ts';
import type { ScenarioInput } from '../../scenarios/validate.ts';
import { describeChange } from '../branches/describe-change.ts';

/** What a variant without changes is called. */
export const AS_IT_IS = 'As it is';

/** What tells a copy's name from that of what it was copied of. */
export const COPY = / \(\d+\)$/;

interface Run extends Variant {
  plan: Plan;
}

/** What the page calls a variant: as the set does that offers the same changes, else by what they do to the base. */
export function nameOf(base: ScenarioInput, { set, plan }: Run): string {
  const changes = JSON.stringify(set);
  const same = offered(base).find((one) => JSON.stringify(one.set) === changes);
  if (same !== undefined) return same.name;
  const before = applyChanges(base, []);
  if (!before.ok || JSON.stringify(before.plan) === JSON.stringify(plan)) return AS_IT_IS;
  return describeChange(before.plan, plan).name.slice(0, VARIANTS.nameLength);
}

/** Whether somebody gave a variant its name: no set has it, and the page would not give it. */
export function isOwnName(base: ScenarioInput, variant: Run): boolean {
  const name = variant.name.replace(COPY, '');
  const given = [...offered(base), ...startingComparison(base).variants].map((one) => one.name);
  return ![AS_IT_IS, nameOf(base, variant), ...given].some((one) => one === variant.name || one === name);
}
