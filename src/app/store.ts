import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Plan } from '../engine/contract/plan.ts';
import type { BadInput, FaultOffer, PresetItem, Theme } from '../pages/play/model.ts';
import type { Embed, Settings, Shown } from '../pages/play/shown.ts';
import type { Preset } from '../scenarios/presets/preset.ts';
import type { ScenarioInput } from '../scenarios/validate.ts';
import type { Selection } from '../views/index.ts';
import type { BranchList } from './branches/branch-list.ts';
import type { LuckState } from './luck/luck-desk.ts';
import type { Renewal } from './offline/renewal.ts';
import type { Speed } from './player.ts';
import type { Rules } from './rules.ts';
import type { RunInPage } from './worker/client.ts';

/** A scenario and the preset it came from. */
export interface Version {
  scenario: ScenarioInput;
  preset: Preset | null;
}

/** All that the page shows besides the playhead, which moves too often to be kept here. */
export interface PlayState extends Version {
  plan: Plan;
  /** The run that is shown. The object stays while it grows: `progress` is another when there is something to say. */
  run: RunInPage;
  progress: string;
  speed: Speed;
  selection: Selection | null;
  past: readonly Version[];
  future: readonly Version[];
  theme: Theme;
  badInput: BadInput | null;
  toast: string | null;
  announcement: string;
  keysShown: boolean;
  paletteShown: boolean;
  paletteTyped: string;
  shown: Shown;
  settings: Settings;
  /** What a link, or somebody here, has to say about the moment. */
  caption: string | null;
  /** null: the page stands alone. */
  embed: Embed | null;
  presenting: boolean;
  blank: boolean;
  /** What the address says of the branches. */
  branch: string | null;
  /** What is to be put onto the timeline by hand. */
  placing: FaultOffer | null;
  /** Empty until they are wanted. */
  presets: readonly PresetItem[];
  /** What was run here, of which `scenario` is the current one. */
  branches: BranchList;
  /** The run of the ghost, once it is there. */
  ghostRun: RunInPage | null;
  /** Branches that are compared, by id. */
  comparison: { a: number; b: number } | null;
  comparedRuns: readonly [RunInPage | null, RunInPage | null];
  /** Why a branch cannot be simulated again. */
  failedRuns: ReadonlyMap<Plan, string>;
  luck: LuckState;
  /** A newer build of the page, which waits to be let in. */
  renewal: Renewal | null;
  /** null: they have not come yet. */
  rules: Rules | null;
}

export type PlayStore = StoreApi<PlayState>;

export function createPlayStore(first: PlayState): PlayStore {
  return createStore<PlayState>(() => first);
}

/** Things whose numbers are the same in every run of the same clients. */
const STABLE: readonly Selection['kind'][] = ['client', 'server', 'place', 'message'];

/** What stays selected in another version's run: its packets and faults have other numbers, and maybe its clients too. */
export function keptSelection(selection: Selection | null, before: Plan, now: Plan): Selection | null {
  if (selection?.kind === 'fault') {
    const kindIn = (plan: Plan) => plan.faults[selection.fault]?.kind;
    return kindIn(now) !== undefined && kindIn(now) === kindIn(before) ? selection : null;
  }
  if (selection === null || !STABLE.includes(selection.kind)) return null;
  const clients = (plan: Plan) => plan.clients.map(({ name, count }) => `${name} ${count}`).join();
  const hosts = (plan: Plan) => `${plan.servers.count} ${JSON.stringify(plan.backplane)}`;
  if (selection.kind === 'place' && hosts(before) !== hosts(now)) return null;
  return clients(before) === clients(now) ? selection : null;
}

/** Versions that can be gone back to. */
const MOST_PAST = 200;

/** The state after a change; with `merge` the step before takes it in, as for a slider in motion. */
export function changed(
  state: PlayState,
  next: Version,
  merge: boolean,
): Pick<PlayState, keyof Version | 'past' | 'future'> {
  const { scenario, preset } = state;
  const past = merge ? state.past : [...state.past, { scenario, preset }].slice(-MOST_PAST);
  return { ...next, past, future: [] };
}

/** One step back in the history, or null at its start. */
export function undone(state: PlayState): Pick<PlayState, keyof Version | 'past' | 'future'> | null {
  const before = state.past.at(-1);
  if (before === undefined) return null;
  const { scenario, preset } = state;
  return { ...before, past: state.past.slice(0, -1), future: [{ scenario, preset }, ...state.future] };
}

/** One step forward again, or null if nothing was undone. */
export function redone(state: PlayState): Pick<PlayState, keyof Version | 'past' | 'future'> | null {
  const [next, ...future] = state.future;
  if (next === undefined) return null;
  const { scenario, preset } = state;
  return { ...next, past: [...state.past, { scenario, preset }], future };
}
