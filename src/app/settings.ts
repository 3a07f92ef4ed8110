import { FIRST_SETTINGS, type Settings, SPLIT } from '../pages/play/shown.ts';

const KEY = 'hopscope.settings';

/** What was set here before. What cannot be read is as it is at first. */
export function storedSettings(): Settings {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    const given: Partial<Record<keyof Settings, unknown>> =
      typeof stored === 'object' && stored !== null ? stored : {};
    const flag = (key: 'skipsIdle' | 'singleKeys') =>
      typeof given[key] === 'boolean' ? given[key] : FIRST_SETTINGS[key];
    const split = typeof given.split === 'number' ? given.split : SPLIT.usual;
    return { split: boundedSplit(split), skipsIdle: flag('skipsIdle'), singleKeys: flag('singleKeys') };
  } catch {
    return FIRST_SETTINGS; // storage may be forbidden
  }
}

export function rememberSettings(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // It holds until the page is closed.
  }
}

/** A share that leaves both the stage and the panel something. */
export function boundedSplit(split: number): number {
  return Number.isFinite(split) ? Math.min(SPLIT.most, Math.max(SPLIT.least, split)) : SPLIT.usual;
}
