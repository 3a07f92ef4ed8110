import type { View } from './view.ts';

/** What a process asks of the coordinator. */
export type Ask =
  | { ask: 'range' }
  | { ask: 'grant' }
  | { ask: 'put'; lease: number; server: number }
  | { ask: 'keep-alive'; lease: number }
  | { ask: 'revoke'; lease: number };

/** What the coordinator says. */
export type Say =
  | { say: 'members' | 'event'; view: View }
  | { say: 'granted'; lease: number }
  | { say: 'registered' | 'revoked' }
  | { say: 'kept'; lease: number; alive: boolean };

/** An update on its way to a server, for some of the clients in its room. */
export interface Copy {
  message: number;
  clients: readonly number[];
  /** Of the view by which the sender chose the server. */
  version: number;
  /** How often it was passed on. */
  hops: number;
  /** It goes to a former owner as well, for clients that are still there. */
  overlap: boolean;
}

/** A server's answer. `moved`: copies for clients that are not its own, each for the server that owns them. */
export type Reply = { reply: 'taken' } | { reply: 'moved'; moved: readonly { owner: number; copy: Copy }[] };
