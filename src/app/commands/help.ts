import type { Settings } from '../../pages/play/shown.ts';
import type { Command } from './command.ts';

/** A page that says what can be done. */
export interface Helper {
  readonly store: { getState(): { settings: Settings } };
  showPalette(shown: boolean): void;
  showKeys(shown: boolean): void;
  set(change: Partial<Settings>): void;
}

/** Ways to find out what can be done. */
export const helpCommands = (controller: Helper): readonly Command[] => {
  const { settings } = controller.store.getState();
  return [
    {
      id: 'help.palette',
      title: 'Find a command',
      group: 'Help',
      keys: ['Mod+k'],
      effect: () => 'Lists everything that can be done, to be found by a few letters.',
      run: () => controller.showPalette(true),
    },
    {
      id: 'help.keys',
      title: 'List of keys',
      group: 'Help',
      keys: ['?'],
      effect: () => 'Shows every key and what it does.',
      run: () => controller.showKeys(true),
    },
    {
      id: 'help.single-keys',
      title: settings.singleKeys ? 'Switch keys of one character off' : 'Switch keys of one character on',
      group: 'Help',
      effect: () =>
        settings.singleKeys
          ? 'Letters, digits and signs do nothing any more; arrows and chords with Ctrl or ⌘ stay.'
          : 'Letters, digits and signs do something again.',
      run: () => controller.set({ singleKeys: !settings.singleKeys }),
    },
  ];
};
