import type { PresetItem } from './model.ts';
import { matching } from './palette/match.ts';

/** Presets under one heading. */
export interface ScenarioGroup {
  title: string;
  presets: readonly PresetItem[];
}

/**
 * The presets that a query finds in their titles, names, headings and descriptions, under their headings. The best one
 * comes first, and its group with it; without a query everything stays in the order that it is in.
 */
export function scenarioGroups(presets: readonly PresetItem[], query: string): readonly ScenarioGroup[] {
  const listed = presets.map((preset) => ({
    title: `${preset.title} ${preset.id}`,
    group: preset.group,
    effect: preset.about,
    enabled: true,
    preset,
  }));
  const groups = new Map<string, PresetItem[]>();
  for (const { preset } of matching(listed, query)) {
    const group = groups.get(preset.group);
    if (group === undefined) groups.set(preset.group, [preset]);
    else group.push(preset);
  }
  return [...groups].map(([title, found]) => ({ title, presets: found }));
}
