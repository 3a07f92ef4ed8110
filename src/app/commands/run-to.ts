import { TARGETS, targetsAt } from '../targets.ts';
import type { Topic } from './command.ts';

const KEYS: Record<string, readonly string[]> = {
  loss: ['x'],
  delivery: ['d'],
  retransmission: ['r'],
  fault: ['n'],
};

/** Straight to the next thing of a kind. */
export const runToCommands: Topic = (controller) => {
  const { run } = controller.store.getState();
  // Looked for when it is asked what they would do, and not at every key.
  let found: ReturnType<typeof targetsAt> | null = null;
  const target = (id: string) => {
    found ??= targetsAt(run.trace, controller.player.nowUs, run.state !== 'simulating');
    return found.find((one) => one.id === id);
  };
  return TARGETS.map(({ id, title }) => ({
    id: `run-to.${id}`,
    title: `Run to the ${title[0]?.toLowerCase()}${title.slice(1)}`,
    group: 'Run to',
    keys: KEYS[id] ?? [],
    repeats: true,
    effect: () => target(id)?.effect ?? '',
    run: () => controller.runTo(id),
  }));
};
