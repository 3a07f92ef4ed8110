import { SCENES } from '../../pages/play/shown.ts';
import type { Command, Topic } from './command.ts';

/** A page that can be shown to an audience. */
export interface Presenter {
  step(by: 1 | -1): void;
  present(on: boolean): void;
}

/** What a remote clicker sends. */
export function clickerSteps(controller: Presenter): Command[] {
  return [
    {
      id: 'present.next',
      title: 'To the next event',
      group: 'Time',
      keys: ['PageDown'],
      repeats: true,
      effect: () => 'Steps on.',
      run: () => controller.step(1),
    },
    {
      id: 'present.previous',
      title: 'To the event before',
      group: 'Time',
      keys: ['PageUp'],
      repeats: true,
      effect: () => 'Steps back.',
      run: () => controller.step(-1),
    },
  ];
}

export function leavePresenting(controller: Presenter): Command {
  return {
    id: 'present.leave',
    title: 'Leave the presentation',
    group: 'View',
    keys: ['Escape', 'p'],
    effect: () => 'Back to all of the page.',
    run: () => controller.present(false),
  };
}

/** Keys of a presentation; a remote clicker sends Page Up, Page Down, `.` or B, and Esc. */
export const presenterCommands: Topic = (controller) => {
  const { presenting, blank } = controller.store.getState();
  if (!presenting) return [];
  const scenes = SCENES.map(
    ({ title, part, tab }, index): Command => ({
      id: `present.scene-${index + 1}`,
      title: `Present: ${title}`,
      group: 'View',
      keys: [String(index + 1)],
      effect: () => `Shows ${title} alone.`,
      run: () => controller.show(tab === undefined ? { part } : { part, tab }),
    }),
  );
  return [
    ...scenes,
    ...clickerSteps(controller),
    {
      id: 'present.blank',
      title: blank ? 'Show the picture again' : 'Blank the screen',
      group: 'View',
      keys: ['b', '.'],
      effect: () => (blank ? 'The picture comes back.' : 'The audience sees nothing.'),
      run: () => controller.setBlank(!blank),
    },
    leavePresenting(controller),
  ];
};
