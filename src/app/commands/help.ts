import type { Topic } from './command.ts';

/** Ways to find out what can be done. */
export const helpCommands: Topic = (controller) => [
  {
    id: 'help.keys',
    title: 'List of keys',
    group: 'Help',
    keys: ['?'],
    effect: () => 'Shows every key and what it does.',
    run: () => controller.showKeys(true),
  },
];
