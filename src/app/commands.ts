import { branchCommands } from './commands/branches.ts';
import type { Command, Topic } from './commands/command.ts';
import { groupCommands } from './commands/groups.ts';
import { helpCommands } from './commands/help.ts';
import { historyCommands } from './commands/history.ts';
import { hopCommands } from './commands/hop.ts';
import { presenterCommands } from './commands/presenter.ts';
import { runToCommands } from './commands/run-to.ts';
import { scenarioCommands } from './commands/scenario.ts';
import { timeCommands } from './commands/time.ts';
import { touchCommands } from './commands/touch.ts';
import { viewCommands } from './commands/view.ts';
import type { Controller } from './controller.ts';

/** Every topic, one file each in `commands/`. What comes first has the first claim on a key. */
const TOPICS: readonly Topic[] = [
  presenterCommands,
  timeCommands,
  runToCommands,
  viewCommands,
  touchCommands,
  groupCommands,
  hopCommands,
  historyCommands,
  branchCommands,
  scenarioCommands,
  helpCommands,
];

/** All that can be done now. */
export function allCommands(controller: Controller): readonly Command[] {
  return TOPICS.flatMap((topic) => topic(controller));
}

/** Runs a command by its id; false if there is none, or it cannot be run now. */
export function runCommand(controller: Controller, id: string): boolean {
  const command = allCommands(controller).find((one) => one.id === id);
  if (command === undefined || command.enabled?.() === false) return false;
  command.run();
  return true;
}
