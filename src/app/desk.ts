import type { CommandItem } from '../pages/play/shown.ts';
import { allCommands } from './commands.ts';
import type { Controller } from './controller.ts';
import * as keys from './keys.ts';

// What keys and the palette of Play need, in one piece that is loaded after the first picture.

function boardOf(controller: Controller): keys.KeyBoard {
  return {
    commands: () => allCommands(controller),
    store: controller.store,
    showPalette: (shown) => controller.showPalette(shown),
    showKeys: (shown) => controller.showKeys(shown),
  };
}

/** Listens to the keyboard. Returns how to stop that. */
export const listenToKeys = (controller: Controller): (() => void) => keys.listenToKeys(boardOf(controller));

/** Does what a key means. */
export const pressed = (controller: Controller, event: KeyboardEvent): void =>
  keys.pressed(boardOf(controller), event);

/** The commands as the page shows them. */
export const commandItems = (controller: Controller): readonly CommandItem[] =>
  keys.commandItems(boardOf(controller));

export { takeIn } from './intake.ts';
export { targetsAt } from './targets.ts';
