import { isAtWork } from '../luck/luck-desk.ts';
import type { Topic } from './command.ts';

/** The runs that are kept, other seeds, and what comes of comparing them. */
export const branchCommands: Topic = (controller) => {
  const { branches: list, luck, scenario } = controller.store.getState();
  const { all, current, ghost } = list;
  const at = all.findIndex(({ id }) => id === current);
  const nameOf = (id: number | null) => all.find((branch) => branch.id === id)?.name ?? '';
  const original = all[0];
  const seed = (scenario.seed ?? 1) + 1;
  const isBusy = isAtWork(luck);
  const several = () => all.length > 1;
  const onlyOne = 'There is one run only: change something, and there are two.';
  const step = (by: number) => all[(at + by + all.length) % all.length];
  return [
    {
      id: 'branch.original',
      title: 'Return to the original run',
      group: 'Branches',
      keys: ['o'],
      effect: () =>
        current === original?.id ? 'It is shown.' : `“${nameOf(current)}” stays, drawn beside it.`,
      enabled: () => current !== original?.id,
      run: () => controller.branches.toOriginal(),
    },
    ...([1, -1] as const).map((by) => ({
      id: by > 0 ? 'branch.next' : 'branch.previous',
      title: by > 0 ? 'To the next run' : 'To the run before',
      group: 'Branches' as const,
      keys: [by > 0 ? ']' : '['],
      effect: () => (several() ? `Shows “${step(by)?.name ?? ''}”.` : onlyOne),
      enabled: several,
      run: () => controller.branches.switchTo(step(by)?.id ?? current),
    })),
    {
      id: 'branch.compare',
      title: 'Compare two runs, message by message',
      group: 'Branches',
      keys: ['c'],
      effect: () =>
        several() ? 'Says until when they are the same, what each came to, and what differs.' : onlyOne,
      enabled: several,
      run: () => controller.branches.compare(),
    },
    {
      id: 'branch.ghost',
      title: ghost === null ? 'Draw another run beside this one' : 'Draw no other run beside this one',
      group: 'Branches',
      keys: ['h'],
      effect: () =>
        !several() ? onlyOne : ghost === null ? 'Hollow and dotted.' : `“${nameOf(ghost)}” is beside it now.`,
      enabled: several,
      run: () => controller.branches.setGhost(ghost === null ? (step(-1)?.id ?? null) : null),
    },
    ...all
      .filter(({ id }) => id !== current && id !== original?.id)
      .map(({ id, name }) => ({
        id: `branch.show-${id}`,
        title: `Show the run “${name}”`,
        group: 'Branches' as const,
        effect: () => `“${nameOf(current)}” stays, drawn beside it.`,
        run: () => controller.branches.switchTo(id),
      })),
    {
      id: 'change.seed',
      title: `Other luck: seed ${seed}`,
      group: 'Change',
      keys: ['s'],
      effect: () => 'The same scenario with other arrivals and losses; this run stays beside it.',
      run: () => controller.setSeed(seed),
    },
    {
      id: 'luck.start',
      title: 'Is this luck?',
      group: 'Branches',
      keys: ['i'],
      effect: () =>
        isBusy
          ? 'Seeds are being run.'
          : 'Runs the same scenario with other seeds in the background, and draws them as bands.',
      enabled: () => !isBusy,
      run: () => controller.luck.start(),
    },
  ];
};
