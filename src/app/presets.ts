import type { Plan } from '../engine/contract/plan.ts';
import type { PresetItem } from '../pages/play/model.ts';
import type { Preset } from '../scenarios/presets/preset.ts';
import { RACE } from '../scenarios/presets/race.ts';
import racePlan from '../scenarios/presets/race-plan.json';
import { wantRules } from './rules.ts';

/** What stands there when nothing else was asked for. */
export const FIRST_PRESET: Preset = RACE;

/** Its plan: the first picture comes before the rules that plans are made by. A test compares it with theirs. */
export const FIRST_PLAN = racePlan as unknown as Plan;

/** All presets. They are loaded when they are wanted: the first paint needs the race alone. */
export async function allPresets(): Promise<readonly Preset[]> {
  return (await import('../scenarios/presets/index.ts')).PRESETS;
}

/** A preset by its name, and with it the rules that its plan is made by. */
export async function findPreset(name: string): Promise<Preset | undefined> {
  if (name === FIRST_PRESET.name) return FIRST_PRESET;
  const [presets] = await Promise.all([allPresets(), wantRules()]);
  return presets.find((preset) => preset.name === name);
}

/** Says in one sentence that no preset has this name, and which one may be meant: all their names would be a page. */
export async function noSuchPreset(name: string): Promise<string> {
  const [presets, { hint, show }] = await Promise.all([
    allPresets(),
    import('../scenarios/schema/problems.ts'),
  ]);
  const names = presets.map((preset) => preset.name);
  return `preset: expected a name out of the menu of scenarios, such as ${names[0]}${hint(name, names)}, got ${show(name)}.`;
}

/** The presets as a menu shows them: by group, and within one in the order in which they are kept. */
export async function presetItems(): Promise<readonly PresetItem[]> {
  const [presets, { PRESET_GROUPS }] = await Promise.all([
    allPresets(),
    import('../scenarios/presets/groups.ts'),
  ]);
  return Object.entries(PRESET_GROUPS).flatMap(([id, title]) =>
    presets
      .filter(({ group }) => group === id)
      .map(({ name, scenario }) => ({
        id: name,
        title: scenario.name ?? name,
        group: title,
        about: scenario.about ?? '',
      })),
  );
}
