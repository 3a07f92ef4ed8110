import type { Client } from './commands.ts';
import type { Home } from './home.ts';
import { entriesOf } from './protocol.ts';
import { FIRST_ID, type Id } from './stream.ts';

/** XRANGE behind a message, again and again until there is no more; of a message that is not there, by its number. */
export function replayFrom(
  { books, config }: Home,
  commands: Client,
  room: number,
  after: number,
  give: (messages: readonly number[]) => void,
): void {
  const known = books.entryOf(after);
  const start = known?.room === room ? known.id : null;
  const messages: number[] = [];
  const read = (from: Id) =>
    commands.ask({ command: 'xrange', room, after: from }, (reply) => {
      if (reply === null) return;
      const entries = entriesOf(reply);
      for (const { message } of entries) if (start !== null || message > after) messages.push(message);
      const last = entries.at(-1);
      if (last === undefined || entries.length < config.count) give(messages);
      else read(last.id);
    });
  read(start ?? FIRST_ID);
}
