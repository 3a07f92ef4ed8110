import type { Check, Checked } from '../client/client.ts';
import type { Entry, Id } from './stream.ts';

/** A stream in a read, and from where on; `new`: what no consumer of the group has been handed (`>`). */
export interface Part {
  room: number;
  after: Id | 'new';
}

/** What a process asks of Redis, once the connection is known to be ready. */
export type Asking =
  | { command: 'client-id' }
  | { command: 'unblock'; client: number }
  | { command: 'xadd'; message: number; room: number }
  | { command: 'xread'; parts: readonly Part[] }
  | { command: 'xreadgroup'; consumer: number; parts: readonly Part[] }
  | { command: 'xrevrange'; room: number }
  | { command: 'xrange'; room: number; after: Id }
  | { command: 'xgroup'; room: number }
  | { command: 'xack'; room: number; offset: number }
  | { command: 'xautoclaim'; room: number; consumer: number; start: number };

export type Command = Check | Asking;

/** What a read found in a stream. `missing`: pending entries that were trimmed since. */
export interface Found {
  room: number;
  entries: readonly Entry[];
  missing: readonly Entry[];
}

/** What Redis says. */
export interface Reply extends Checked {
  /** An error: there is no such group (NOGROUP), or there is one (BUSYGROUP). */
  error?: 'NOGROUP' | 'BUSYGROUP';
  /** Number of the connection. */
  client?: number;
  /** Whether a client was blocked, and is not any more (CLIENT UNBLOCK). */
  unblocked?: boolean;
  /** The last entry (XREVRANGE). */
  last?: Entry | null;
  /** For the books: how many entries had been added to the stream by then. */
  offset?: number;
  found?: readonly Found[];
  /** XAUTOCLAIM: where to go on; -1: the list is through. */
  next?: number;
}

/** All entries of a reply. */
export const entriesOf = ({ found = [] }: Reply): readonly Entry[] => found.flatMap(({ entries }) => entries);
