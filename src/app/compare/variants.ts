import type { Plan } from '../../engine/contract/plan.ts';
import { sameTrouble } from '../../scenarios/another-backplane.ts';
import { applyChanges, type Comparison, VARIANTS, type Variant } from '../../scenarios/compare/comparison.ts';
import { type Change, setPath } from '../../scenarios/edit.ts';
import type { Preset } from '../../scenarios/presets/preset.ts';
import type { ScenarioInput } from '../../scenarios/validate.ts';
import { AS_IT_IS, COPY, isOwnName, nameOf } from './variant-names.ts';

/** A variant with what it comes to. Its id stays as long as it does. */
export interface Entry extends Variant {
  id: number;
  input: ScenarioInput;
  plan: Plan;
}

/** What is compared: a base, where it comes from, and variants of it that hold water. */
export interface Table {
  base: ScenarioInput;
  preset: Preset | null;
  entries: readonly Entry[];
}

/** A change of the table that was made, or why it was not. */
export type Edited = { ok: true; table: Table } | { ok: false; problem: string };

let lastId = 0;

/** The entry for a variant, or why there is none. */
export function entryOf(base: ScenarioInput, variant: Variant, id = ++lastId): Entry | string {
  const applied = applyChanges(base, variant.set);
  if (!applied.ok) return applied.problem;
  return { id, name: variant.name, set: variant.set, input: applied.input, plan: applied.plan };
}

/** A table of a comparison. Variants that do not hold are left out, so the comparison should be one that was checked. */
export function tableOf({ base, variants }: Comparison, preset: Preset | null): Table {
  const entries = variants.flatMap((variant) => {
    const entry = entryOf(base, variant);
    return typeof entry === 'string' ? [] : [entry];
  });
  return { base, preset, entries };
}

export const comparisonOfTable = ({ base, entries }: Table): Comparison => ({
  base,
  variants: entries.map(({ name, set }) => ({ name, set })),
});

/** Another base for the same variants. */
export function withBase(table: Table, base: ScenarioInput): Edited {
  const entries: Entry[] = [];
  for (const { id, name, set } of table.entries) {
    const entry = entryOf(base, { name, set }, id);
    if (typeof entry === 'string') return { ok: false, problem: entry };
    entries.push(entry);
  }
  return { ok: true, table: { ...table, base, entries } };
}

/** One variant with other changes. */
export function withChanges(table: Table, id: number, set: readonly Change[]): Edited {
  if (set.length > VARIANTS.changes)
    return { ok: false, problem: `expected at most ${VARIANTS.changes} changes, got ${set.length}` };
  const before = table.entries.find((entry) => entry.id === id);
  if (before === undefined) return { ok: false, problem: 'this variant is no longer there' };
  const entry = entryOf(table.base, { name: before.name, set }, id);
  if (typeof entry === 'string') return { ok: false, problem: entry };
  const named = isOwnName(table.base, before) ? entry : { ...entry, name: nameAmong(table, entry) };
  return { ok: true, table: replaced(table, named) };
}

const BACKPLANE = 'backplane.kind';

/** Changes without one of them; without another backplane its nodes have no trouble either. */
export function changesWithout(base: ScenarioInput, set: readonly Change[], index: number): Change[] {
  return untroubled(base, set.toSpliced(index, 1), set[index]);
}

/** Changes without those of faults that a backplane brought along. @param change to that backplane, or to anything else */
function untroubled(base: ScenarioInput, set: readonly Change[], change: Change | undefined): Change[] {
  if (change?.path !== BACKPLANE) return [...set];
  const paths = new Set(sameTrouble(base, String(change.value)).map(({ path }) => path));
  return set.filter(({ path }) => !paths.has(path));
}

/**
 * A change among others, in its place. Those after it that have lost their place, as options of another transport,
 * go with it. What befell the nodes of a backplane befalls those of the one that takes its place.
 */
export function changesWith(
  base: ScenarioInput,
  set: readonly Change[],
  index: number,
  change: Change,
): Change[] {
  const next = untroubled(base, set.toSpliced(index, 1, change), set[index]);
  const place = next.indexOf(change);
  let input = base;
  const kept = next.filter(({ path, value }, at) => {
    const changed = setPath(input, path, value);
    if (changed.ok) input = changed.input;
    return changed.ok || at <= place;
  });
  if (change.path !== BACKPLANE) return kept;
  return [...kept, ...sameTrouble(base, String(change.value))];
}

export function renamed(table: Table, id: number, name: string): Table {
  const text = name.trim().slice(0, VARIANTS.nameLength);
  const entry = table.entries.find((one) => one.id === id);
  return entry === undefined || text === '' ? table : replaced(table, { ...entry, name: text });
}

/** What the page would call a variant, if none of the others is called that. */
function nameAmong({ base, entries }: Table, entry: Entry): string {
  const others = entries.filter(({ id }) => id !== entry.id);
  const name = nameOf(base, entry);
  return others.some((one) => one.name === name) ? freeName(name, others) : name;
}

/** A copy of a variant right after it; of the base, at the end. */
export function copied(table: Table, id: number | null): Table {
  const { base, entries } = table;
  if (entries.length >= VARIANTS.most) return table;
  const at = entries.findIndex((entry) => entry.id === id);
  const from = entries[at];
  const set = from?.set ?? [];
  const name = freeName(from === undefined ? AS_IT_IS : from.name, entries);
  const entry = entryOf(base, { name, set });
  if (typeof entry === 'string') return table;
  return { ...table, entries: entries.toSpliced(at < 0 ? entries.length : at + 1, 0, entry) };
}

/** At least two stay. */
export function without(table: Table, id: number): Table {
  if (table.entries.length <= VARIANTS.least) return table;
  return { ...table, entries: table.entries.filter((entry) => entry.id !== id) };
}

const replaced = (table: Table, entry: Entry): Table => ({
  ...table,
  entries: table.entries.map((one) => (one.id === entry.id ? entry : one)),
});

function freeName(name: string, entries: readonly Entry[]): string {
  const stem = name.replace(COPY, '');
  for (let number = 2, free = name; ; free = `${stem} (${number++})`)
    if (entries.every((entry) => entry.name !== free)) return free.slice(0, VARIANTS.nameLength);
}
