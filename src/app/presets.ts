import type { PresetItem } from '../pages/play/model.ts';
import type { Preset } from '../scenarios/presets/preset.ts';
import { RACE } from '../scenarios/presets/race.ts';

/** What stands there when nothing else was asked for. */
export const FIRST_PRESET: Preset = RACE;

/** All presets. They are loaded when they are wanted: the first paint needs the race alone. */
export async function allPresets(): Promise<readonly Preset[]> {
  return (await import('../scenarios/presets/index.ts')).PRESETS;
}

export async function findPreset(name: string): Promise<Preset | undefined> {
  if (name === FIRST_PRESET.name) return FIRST_PRESET;
  return (await allPresets()).find((preset) => preset.name === name);
}

/** The presets as a menu shows them. */
export async function presetItems(): Promise<readonly PresetItem[]> {
  return (await allPresets()).map(({ name, scenario }) => ({
    id: name,
    title: scenario.name ?? name,
    about: scenario.about ?? '',
  }));
}
