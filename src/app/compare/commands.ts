import { SCENES } from '../../pages/compare/model.ts';
import { variantSets } from '../../scenarios/compare/sets.ts';
import type { Command } from '../commands/command.ts';
import { helpCommands } from '../commands/help.ts';
import { undoAndRedo } from '../commands/history.ts';
import { clickerSteps, leavePresenting } from '../commands/presenter.ts';
import { timeCommands } from '../commands/time.ts';
import type { CompareController } from './controller.ts';

/** All that can be done on Compare now. What comes first has the first claim on a key. */
export function compareCommands(controller: CompareController): readonly Command[] {
  return [
    ...presenterCommands(controller),
    ...timeCommands(controller),
    ...viewCommands(controller),
    ...variantCommands(controller),
    ...shareCommands(controller),
    ...helpCommands(controller),
  ];
}

/** Keys of a presentation; a remote clicker sends Page Up, Page Down and Esc. */
function presenterCommands(controller: CompareController): Command[] {
  if (!controller.store.getState().presenting) return [];
  return [
    ...SCENES.map(
      ({ id, title }, index): Command => ({
        id: `present.${id}`,
        title: `Present: ${title}`,
        group: 'View',
        keys: [String(index + 1)],
        effect: () => `Shows ${title} alone.`,
        run: () => controller.show(id),
      }),
    ),
    ...clickerSteps(controller),
    leavePresenting(controller),
  ];
}

function viewCommands(controller: CompareController): Command[] {
  const { theme } = controller.store.getState();
  return [
    {
      id: 'view.table',
      title: 'Show: guarantees measured',
      group: 'View',
      keys: ['t'],
      effect: () => 'Shows what each variant came to.',
      run: () => controller.show('table'),
    },
    {
      id: 'view.differences',
      title: 'Show: differences',
      group: 'View',
      keys: ['d'],
      effect: () => 'Lists what became of each update in two variants.',
      run: () => controller.show('differences'),
    },
    {
      id: 'view.present',
      title: 'Present',
      group: 'View',
      keys: ['p'],
      effect: () =>
        'One view at a time and larger type; Page Up and Page Down step, digits choose, Esc leaves.',
      run: () => controller.present(true),
    },
    {
      id: 'view.theme',
      title: theme === 'dark' ? 'Light theme' : 'Dark theme',
      group: 'View',
      effect: () => 'Changes the colours; it is remembered here.',
      run: () => controller.setTheme(theme === 'dark' ? 'light' : 'dark'),
    },
    {
      id: 'selection.none',
      title: 'Let go of what is selected',
      group: 'Selection',
      keys: ['Escape'],
      effect: () => 'Selects nothing; the latencies come back.',
      run: () => controller.select(null),
    },
  ];
}

function variantCommands(controller: CompareController): Command[] {
  const { table, presets } = controller.store.getState();
  return [
    ...variantSets(table.base).map(
      ({ id, title, about, variants }): Command => ({
        id: `variants.${id}`,
        title: `Variants: ${title}`,
        group: 'Change',
        effect: () => (variants.length > 1 ? about : 'There is one only in this version.'),
        enabled: () => variants.length > 1,
        run: () => controller.applySet(id),
      }),
    ),
    {
      id: 'variants.add',
      title: 'Add a variant',
      group: 'Change',
      effect: () => 'One more variant, as the scenario is.',
      run: () => controller.addVariant(),
    },
    {
      id: 'variants.seeds',
      title: 'Is this luck?',
      group: 'Change',
      effect: () => 'Runs every variant with other seeds, and shows where its figures lie.',
      enabled: () => controller.settled,
      run: () => controller.runSeeds(),
    },
    ...undoAndRedo(controller),
    ...presets.map(
      ({ id, title, about }): Command => ({
        id: `scenario.${id}`,
        title: `Compare variants of: ${title}`,
        group: 'Scenario',
        effect: () => about,
        run: () => void controller.choosePreset(id),
      }),
    ),
  ];
}

function shareCommands(controller: CompareController): Command[] {
  const { table } = controller.store.getState();
  return [
    ...table.entries.map(
      ({ id, name }): Command => ({
        id: `play.${id}`,
        title: `Open in Play: ${name}`,
        group: 'Scenario',
        effect: () => 'Opens this variant alone, with everything about its run.',
        run: () => void controller.openInPlay(id),
      }),
    ),
    {
      id: 'share.link',
      title: 'Copy a link to this comparison',
      group: 'Share',
      effect: () => 'Copies an address that brings back variants, seed, time and what is selected.',
      run: () => void controller.share(),
    },
    {
      id: 'share.file',
      title: 'Save the comparison to a file',
      group: 'Share',
      effect: () => 'Downloads the base and its variants as JSON.',
      run: () => controller.save(),
    },
  ];
}
