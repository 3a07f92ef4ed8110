import type { AskBackplane } from './asks.ts';
import type { Cpu } from './cpu.ts';
import type { Door } from './door.ts';
import type { Serving } from './session.ts';
import type { SnapshotHome, Snapshots } from './snapshots.ts';
import type { Threads, ThreadsHome } from './threads.ts';

/** What a server needs of what is around it. */
export interface ServerHome {
  /** The room has its first client here, or the last has left; null: nobody wants to know. */
  readonly watched: ((room: number, watched: boolean) => void) | null;
  /** This server serves a client from now on. */
  serves(client: number): void;
  /** A client's message is here. */
  took(client: number, message: number): void;
  /** The process died. */
  died(): void;
  /** A client's message goes to the backplane. */
  publish(message: number): void;
  /** A client's message died here. */
  lost(message: number, reason: string): void;
  /** What the backplane keeps for a client that comes back. */
  readonly replay: AskBackplane;
  /** The same, for the state of a room that the server has not followed. */
  readonly retained: AskBackplane;
  /** Makes what snapshots take; null where no client wants any, so that nobody keeps a state. */
  createSnapshots(its: SnapshotHome): Snapshots | null;
  /** Makes the pool of threads; null where the server is an event loop. */
  createThreads(its: ThreadsHome): Threads | null;
  /** Makes what answers a load balancer's own requests; null where there is none. */
  createDoor(cpu: Cpu, requestUs: number, servings: ReadonlyMap<string, Serving>): Door | null;
  /** Whether a client that connects here is to stay. */
  keeps(client: number): boolean;
  /** A message was handed over, for the record. */
  handed(message: number, again: boolean): void;
}
