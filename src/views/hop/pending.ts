import { pendingLog } from '../../trace/story/owned.ts';
import type { Owned } from './inside.ts';

/** Whether what is owned is an entry that was handed out and is not confirmed. */
export const isPending = ({ what }: Pick<Owned, 'what'>): boolean => pendingLog(what) !== null;

/** Who has entries of a log pending, by offset. */
export function pendingIn(owners: readonly Owned[], log: string): Map<number, number> {
  const own = owners.filter(({ what, owner }) => owner >= 0 && pendingLog(what) === log);
  return new Map(own.map(({ part, owner }) => [part, owner]));
}
