import type { Plan } from '../../engine/contract/plan.ts';
import type { Preset } from '../../scenarios/presets/preset.ts';
import type { ScenarioInput } from '../../scenarios/validate.ts';
import { type Rules, rulesNow } from '../rules.ts';

/** A scenario that was run here. The scenario is the run: its trace can be made again at any time. */
export interface Branch {
  id: number;
  name: string;
  /** A person gave it its name. */
  named: boolean;
  scenario: ScenarioInput;
  preset: Preset | null;
  plan: Plan;
  /** The branch it was made from; null: the original run. */
  parent: number | null;
  /** From when on it differs from its parent, by what was changed, µs. */
  forkUs: number;
  pinned: boolean;
}

/** All branches of what was opened: the run as it was opened, and what a person made of it. */
export interface BranchList {
  all: readonly Branch[];
  current: number;
  /** The earlier run that is drawn beside the current one; null: none. */
  ghost: number | null;
  /** Whether a person chose that ghost (or none): then it stays when other branches come. */
  ghostChosen: boolean;
  /** The branch that the last edit made: a slider in motion goes on changing it. */
  lastFork: number | null;
  /** The name of the last one that had to go to make room. */
  letGo: string | null;
  /** Never given twice. */
  nextId: number;
}

export type Version = Pick<Branch, 'scenario' | 'preset' | 'plan'>;

/** Branches that are kept at most, the original and the current one among them. */
export const MOST_BRANCHES = 6;
/** Besides the original, the current one and its ghost, which stay as well. */
export const MOST_PINNED = MOST_BRANCHES - 3;

const ORIGINAL = 1;

/** The list for a scenario that was just opened. */
export function firstBranch(version: Version): BranchList {
  const original: Branch = {
    ...version,
    id: ORIGINAL,
    name: 'Original run',
    named: false,
    parent: null,
    forkUs: 0,
    pinned: false,
  };
  return {
    all: [original],
    current: ORIGINAL,
    ghost: null,
    ghostChosen: false,
    lastFork: null,
    letGo: null,
    nextId: ORIGINAL + 1,
  };
}

export const isOriginal = (branch: Branch): boolean => branch.id === ORIGINAL;

export function branchOf(list: BranchList, id: number | null): Branch | undefined {
  return list.all.find((branch) => branch.id === id);
}

/** The branch that is shown. There always is one. */
export function currentBranch(list: BranchList): Branch {
  return branchOf(list, list.current) ?? (list.all[0] as Branch);
}

export const originalBranch = (list: BranchList): Branch => list.all.find(isOriginal) ?? currentBranch(list);

/**
 * The list after the scenario has become another one. A scenario that was run before is that branch again; any other is
 * a new branch, and the one before it stays.
 * @param how `merge`: the same change as the one before, going on; `history`: undo, redo
 */
export function adopted(list: BranchList, version: Version, how: 'edit' | 'merge' | 'history'): BranchList {
  const known = list.all.find((branch) => sameScenario(branch.scenario, version.scenario));
  const before = currentBranch(list);
  const inMotion = how === 'merge' && before.id === list.lastFork;
  if (inMotion && known?.id !== before.id) return moved(list, before, version, known);
  if (known !== undefined) return shown(list, known.id);
  const parent = how === 'history' ? originalBranch(list) : before;
  const branch: Branch = {
    ...version,
    id: list.nextId,
    ...inWords(list, parent, version.plan),
    named: false,
    parent: parent.id,
    pinned: false,
  };
  const next = { ...list, all: [...list.all, branch], nextId: list.nextId + 1 };
  return withinBounds({ ...shown(next, branch.id), lastFork: branch.id });
}

/** A slider in motion: the branch that it made changes with it, or goes where the slider is back at a known one. */
function moved(list: BranchList, before: Branch, version: Version, known: Branch | undefined): BranchList {
  const others = { ...list, all: list.all.filter(({ id }) => id !== before.id) };
  const parent = branchOf(list, before.parent) ?? originalBranch(list);
  if (known !== undefined) {
    const back = shown(others, known.id);
    return { ...back, ghost: back.ghost === before.id || back.ghost === known.id ? null : back.ghost };
  }
  const words = before.named ? {} : inWords(others, parent, version.plan);
  const branch = { ...before, ...version, ...words };
  return { ...list, all: list.all.map((one) => (one.id === before.id ? branch : one)) };
}

/** Another branch comes into view. The one that was there becomes the ghost, unless a person chose another. */
export function shown(list: BranchList, id: number): BranchList {
  if (id === list.current || branchOf(list, id) === undefined) return list;
  const chosen = list.ghostChosen && list.ghost !== id;
  return {
    ...list,
    current: id,
    ghost: chosen ? list.ghost : list.current,
    ghostChosen: chosen,
    lastFork: null,
  };
}

export function withGhost(list: BranchList, id: number | null): BranchList {
  if (id === list.current) return list;
  return { ...list, ghost: id !== null && branchOf(list, id) === undefined ? null : id, ghostChosen: true };
}

export function renamed(list: BranchList, id: number, name: string): BranchList {
  const text = name.trim().slice(0, 60);
  if (text === '') return list;
  return change(list, id, { name: text, named: true });
}

/** @returns null if no more can be pinned */
export function pinned(list: BranchList, id: number, on: boolean): BranchList | null {
  if (on && list.all.filter((branch) => branch.pinned).length >= MOST_PINNED) return null;
  return change(list, id, { pinned: on });
}

/** The original run and the current one stay. */
export function removed(list: BranchList, id: number): BranchList {
  if (id === ORIGINAL || id === list.current) return list;
  const all = list.all
    .filter((branch) => branch.id !== id)
    .map((branch) => (branch.parent === id ? { ...branch, ...orphan(list, branch) } : branch));
  const ghost = list.ghost === id ? (list.current === ORIGINAL ? null : ORIGINAL) : list.ghost;
  return { ...list, all, ghost, lastFork: list.lastFork === id ? null : list.lastFork };
}

const change = (list: BranchList, id: number, by: Partial<Branch>): BranchList => ({
  ...list,
  all: list.all.map((branch) => (branch.id === id ? { ...branch, ...by } : branch)),
});

/** The oldest goes that nothing holds. */
function withinBounds(list: BranchList): BranchList {
  if (list.all.length <= MOST_BRANCHES) return list;
  const held = (branch: Branch) =>
    branch.pinned || isOriginal(branch) || branch.id === list.current || branch.id === list.ghost;
  const oldest = list.all.find((branch) => !held(branch));
  return oldest === undefined ? list : { ...removed(list, oldest.id), letGo: oldest.name };
}

/** There are two plans once something was changed, and nothing is changed before the rules have come. */
const changeInWords = (before: Plan, after: Plan) => (rulesNow() as Rules).describeChange(before, after);

/** Whose parent is gone is told from the original run on. */
function orphan(list: BranchList, branch: Branch): Pick<Branch, 'parent' | 'forkUs'> {
  const { forkUs } = changeInWords(originalBranch(list).plan, branch.plan);
  return { parent: ORIGINAL, forkUs };
}

function inWords(list: BranchList, parent: Branch, plan: Plan): Pick<Branch, 'name' | 'forkUs'> {
  const { name, forkUs } = changeInWords(parent.plan, plan);
  const taken = new Set(list.all.map((branch) => branch.name));
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name} (${number})`;
  return { name: free, forkUs };
}

export function sameScenario(a: ScenarioInput, b: ScenarioInput): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
