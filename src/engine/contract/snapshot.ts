import type { Places } from './places.ts';

/** A room's state as a server has it, in place of the messages that made it. */
export interface Snapshot {
  room: number;
  /** Of the newest message in it: its number within the room, from 1. Differences after this version come as messages. */
  version: number;
  /** Size of the state, without what transports and network put around it. */
  bytes: number;
  /** The messages that it stands for, for the books. */
  places: Places;
}

/** What a client's application is handed: a message, or a snapshot that stands for many. */
export type Update = number | Snapshot;

/** When a client is given snapshots (`clients[].repair.snapshot`). */
export type SnapshotWish = 'off' | 'gap' | 'connect';
