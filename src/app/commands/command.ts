import type { Controller } from '../controller.ts';

/** Where a command stands in the palette and in the list of keys, in this order. */
export const GROUPS = [
  'Time',
  'Run to',
  'View',
  'Selection',
  'Change',
  'Faults',
  'Branches',
  'Scenario',
  'Share',
  'Help',
] as const;

/** Something that a person can do. Keys, the command palette and the list that `?` opens are made from these. */
export interface Command {
  /** Unique and stable, such as `time.play`. */
  id: string;
  title: string;
  group: (typeof GROUPS)[number];
  /**
   * Chords, such as `Space`, `k`, `.`, `Shift+ArrowRight`, `Mod+Shift+z` (Mod: Control, or Command on a Mac).
   * Letters are written small. Of two enabled commands with one chord, the first in the registry is run.
   */
  keys?: readonly string[];
  /** A key that is held down runs it again and again. */
  repeats?: boolean;
  /** What it will do if it is run now, in one sentence; or why it cannot be. */
  effect(): string;
  /** Left out: always. */
  enabled?(): boolean;
  run(): void;
}

/** The commands of one topic, as they are now: asked for anew at every key and when the palette opens. */
export type Topic = (controller: Controller) => readonly Command[];
