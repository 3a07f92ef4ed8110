import type { Command, Topic } from './command.ts';

/** A page that remembers what was changed. */
export interface Rememberer {
  readonly store: { getState(): { past: readonly unknown[]; future: readonly unknown[] } };
  undo(): void;
  redo(): void;
}

/** Back and forth through the changes. */
export function undoAndRedo(controller: Rememberer): Command[] {
  const { past, future } = controller.store.getState();
  return [
    {
      id: 'change.undo',
      title: 'Undo',
      group: 'Change',
      keys: ['Mod+z'],
      repeats: true,
      effect: () => (past.length > 0 ? 'Takes the last change back.' : 'Nothing has been changed.'),
      enabled: () => past.length > 0,
      run: () => controller.undo(),
    },
    {
      id: 'change.redo',
      title: 'Redo',
      group: 'Change',
      keys: ['Mod+Shift+z', 'Mod+y'],
      repeats: true,
      effect: () => (future.length > 0 ? 'Makes the change again that was taken back.' : 'Nothing to redo.'),
      enabled: () => future.length > 0,
      run: () => controller.redo(),
    },
  ];
}

/** The same, and all the way back. */
export const historyCommands: Topic = (controller) => {
  const { past, preset } = controller.store.getState();
  return [
    ...undoAndRedo(controller),
    {
      id: 'change.preset',
      title: 'Back to the preset',
      group: 'Change',
      effect: () =>
        preset === null
          ? 'This scenario came from a link or a file.'
          : `Runs “${preset.scenario.name ?? preset.name}” as it came; undo brings the changes back.`,
      enabled: () => preset !== null && past.length > 0,
      run: () => controller.backToPreset(),
    },
  ];
};
