import type { Check, Checked } from '../client/client.ts';

/** What a process asks of Redis. */
export type Command =
  | Check
  | { command: 'publish'; message: number }
  | { command: 'subscribe' | 'unsubscribe'; rooms: readonly number[] }
  | { command: 'psubscribe' };

/** What Redis says. */
export type Reply = Checked | { reply: 'published' | 'confirmed' } | { reply: 'message'; message: number };

/** The message that a reply brings. */
export const messageOf = (reply: Reply): number | null => ('message' in reply ? reply.message : null);
