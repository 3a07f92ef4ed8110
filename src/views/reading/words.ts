import { asName } from '../../trace/names.ts';
import type { TraceHeader } from '../../trace/trace.ts';

/** What a key is called: the vocabulary's label, else the key itself as words ("pongTimeout" is "pong timeout"). */
export function wordFor(header: TraceHeader, key: string): string {
  return header.vocabulary[key]?.label ?? asWords(key);
}

/** A camelCase, kebab-case or dotted name as words in lower case; abbreviations in capitals stay. */
export const asWords = (key: string): string =>
  key
    .replace(/[-_.]+/g, ' ')
    .replace(
      /([a-z0-9])([A-Z][a-z])/g,
      (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
    )
    .trim();

/** What a group is called: its title, or its own name with a capital where it has none ("stream-per-room"). */
export const groupName = (client: { group: string; groupTitle: string }): string =>
  client.groupTitle === '' || client.groupTitle === client.group ? asName(client.group) : client.groupTitle;

/** "lost", and why, where it was not mere chance. */
export const lossWord = (reason: string): string =>
  reason === '' || reason === 'loss' || reason === 'lost' ? 'lost' : `lost: ${reason}`;
