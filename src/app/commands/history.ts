import type { Topic } from './command.ts';

/** Back and forth through the changes. */
export const historyCommands: Topic = (controller) => {
  const { past, future, preset } = controller.store.getState();
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
