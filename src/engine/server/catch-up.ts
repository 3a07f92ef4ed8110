import type { Sim } from '../contract/sim.ts';
import type { SnapshotWish } from '../contract/snapshot.ts';
import type { AskBackplane } from './asks.ts';
import { askForReplay } from './replaying.ts';
import type { Session } from './session.ts';

/** The states of a server's rooms. */
interface States {
  wishOf(client: number): SnapshotWish;
  isWhole(room: number): boolean;
  ready(rooms: readonly number[], then: () => void): void;
  hasBeyond(room: number, client: number, after: number, these: ReadonlySet<number>): boolean;
}

/** What bringing a client up to date needs of its server. */
interface Its {
  readonly sim: Sim;
  readonly home: { readonly replay: AskBackplane };
  readonly replayTimeoutUs: number;
  readonly snapshots: States;
  /** Spends CPU time for the session again. */
  work(messages: number, snapshots: number): void;
}

/**
 * Sees to it that the client of a new session, which wants snapshots, gets what the replay buffer does not have: what
 * the backplane keeps, or a snapshot. @returns whether the session has to wait for that
 */
export function catchUp(its: Its, session: Session, messages: number): boolean {
  const { snapshots, sim, home } = its;
  const { client, rooms, begins } = session.exchange.content;
  const wish = snapshots.wishOf(client);
  if (wish === 'connect' && begins === true) {
    const why = session.exchange.content.cursor < 0 ? 'it connects' : 'it is back';
    snapshots.ready(rooms, () => give(its, session, rooms, why, messages));
    return true;
  }
  // A buffer with a hole that this server knows of (it had left the room, or a number is missing) is no proof either.
  const doubtful = session.exchange.content.cursor >= 0 && !rooms.every((room) => snapshots.isWhole(room));
  if (!session.isBeyondBuffer && !doubtful) return false;
  const goOn = (replayed: number) =>
    snapshots.ready(rooms, () => close(its, snapshots, session, messages, replayed));
  if (!askForReplay(sim, home.replay, session, its.replayTimeoutUs, goOn)) goOn(0);
  return true;
}

/** Gives snapshots of the rooms in which something is missing still. */
function close(its: Its, snapshots: States, session: Session, messages: number, replayed: number): void {
  if (session.instance < 0) return;
  const { client, rooms, cursor } = session.exchange.content;
  session.workedUpTo = session.newest;
  const these = new Set(session.missed());
  const trimmed = its.home.replay === null ? session.trimmedRooms : [];
  const gaps = rooms.filter(
    (room) => trimmed.includes(room) || snapshots.hasBeyond(room, client, cursor, these),
  );
  if (gaps.length === 0) its.work(messages + replayed, 0);
  else give(its, session, gaps, 'what it missed is not kept any more', messages);
}

function give(its: Its, session: Session, rooms: readonly number[], why: string, messages: number): void {
  if (session.instance < 0) return;
  session.snapshotOf = { rooms, why };
  its.work(messages + session.replayedOutside(rooms), rooms.length);
}
