import { tabsFor } from '../../pages/play/shown.ts';
import type { Command, Topic } from './command.ts';

const DEPTHS = [
  [1, 'messages'],
  [2, 'protocol units'],
  [3, 'states and timers'],
  [4, 'every packet with its fields'],
] as const;

/** Which view is shown, and how. */
export const viewCommands: Topic = (controller) => {
  const { shown, theme, run } = controller.store.getState();
  const tabs = tabsFor(run.trace.header, shown.tab).map(
    ({ id, title }): Command => ({
      id: `view.${id}`,
      title: `Show: ${title}`,
      group: 'View',
      effect: () => (shown.tab === id ? 'It is shown below the stage.' : `Shows ${title} below the stage.`),
      run: () => controller.show({ part: 'panel', tab: id }),
    }),
  );
  const depths = DEPTHS.map(
    ([depth, words]): Command => ({
      id: `view.depth-${depth}`,
      title: `Ladder: ${words}`,
      group: 'View',
      effect: () => `Draws ${words} on the ladder.`,
      run: () => controller.show({ part: 'panel', tab: 'ladder', depth }),
    }),
  );
  const other = shown.scale === 'time' ? 'ordinal' : 'time';
  return [
    ...tabs,
    ...depths,
    {
      id: 'view.scale',
      title: other === 'time' ? 'Ladder: to scale' : 'Ladder: in order',
      group: 'View',
      effect: () => (other === 'time' ? 'Slope is latency again.' : 'Every event as far from the next.'),
      run: () => controller.show({ part: 'panel', tab: 'ladder', scale: other }),
    },
    {
      id: 'view.split',
      title: 'Stage and views as high as at first',
      group: 'View',
      effect: () => 'Puts the edge between the stage and the views back.',
      run: () => controller.resetSplit(),
    },
    {
      id: 'view.present',
      title: 'Present',
      group: 'View',
      keys: ['p'],
      effect: () =>
        'One view at a time and larger type; Page Up and Page Down step, 1 to 6 choose, Esc leaves.',
      run: () => controller.present(true),
    },
    {
      id: 'view.full-screen',
      title: 'Full screen',
      group: 'View',
      keys: ['f'],
      effect: () => 'Fills the screen, or leaves it.',
      run: () => controller.fullScreen(),
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
      effect: () => 'Selects nothing; the results come back.',
      run: () => controller.select(null),
    },
  ];
};
