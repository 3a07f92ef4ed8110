import type { CommandItem } from '../shown.ts';

/** What is matched, heaviest first: a title, the group that it is in, and what would happen. */
export type Matched = Pick<CommandItem, 'title' | 'group' | 'effect' | 'enabled'>;

/**
 * Commands that have every word of a query at the beginning of one of their words, or, less well, anywhere; best first.
 * Of equals, those come first that can be run.
 */
export function matching<T extends Matched>(commands: readonly T[], query: string): readonly T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return commands
    .map((command, place) => ({ command, place, score: scoreOf(command, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .map(({ command }) => command);
}

function scoreOf({ title, group, effect, enabled }: Matched, words: readonly string[]): number {
  let total = 1;
  for (const word of words) {
    const score =
      8 * within(title.toLowerCase(), word) +
      3 * within(group.toLowerCase(), word) +
      within(effect.toLowerCase(), word);
    if (score === 0) return 0;
    total += score;
  }
  // What cannot be run now is found, below what can.
  return enabled ? total : total / 4;
}

/** 3 for a whole word, 2 at the beginning of one, 1 within one, 0.5 if its letters come in this order in one word, 0 otherwise. */
function within(text: string, word: string): number {
  const at = text.indexOf(word);
  const words = text.split(/[^\p{L}\p{N}.]+/u);
  if (at >= 0) return words.includes(word) ? 3 : words.some((one) => one.startsWith(word)) ? 2 : 1;
  if (word.length < 3) return 0;
  return words.some((one) => one[0] === word[0] && inOrder(one, word)) ? 0.5 : 0;
}

function inOrder(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
