import { KIND } from '../../trace/trace.ts';
import type { ServerFacts } from '../contract/facts.ts';
import type { ServerExchange } from '../contract/http.ts';
import type { Plan } from '../contract/plan.ts';
import type { Sim } from '../contract/sim.ts';
import type { Snapshot, SnapshotWish } from '../contract/snapshot.ts';
import { membersOf } from '../layout.ts';
import type { Messages } from '../messages.ts';
import type { Topics } from '../topics.ts';
import { answerSnapshot } from './answer-snapshot.ts';
import type { AskBackplane } from './asks.ts';
import { catchUp } from './catch-up.ts';
import type { Errands } from './errands.ts';
import { RoomState } from './room-state.ts';
import type { Session } from './session.ts';

/** What snapshots need of their server. */
export interface SnapshotHome {
  readonly sim: Sim;
  readonly plan: Plan;
  /** The server's number. */
  readonly number: number;
  readonly messages: Messages;
  readonly topics: Topics;
  /** `watched` null: every room is handed over here. */
  readonly home: {
    readonly watched: object | null;
    readonly replay: AskBackplane;
    readonly retained: AskBackplane;
  };
  readonly facts: Pick<ServerFacts, 'snapshots' | 'snapshotBytes' | 'stateLoads'>;
}

/**
 * The state of each room at one server, and the snapshots that it makes of it. Each message that the server is handed
 * goes into its room's state. A process that has not followed a room from its beginning reads the state first: from
 * what the backplane keeps, or at the source, which has everything that was accepted. It does the same where the
 * messages' numbers tell it that one is missing; the loss of the newest tells it nothing until the next one comes.
 */
export class Snapshots {
  readonly #its: SnapshotHome;
  readonly #wishes: readonly SnapshotWish[];
  readonly #states: RoomState[];
  /** How many topics with a room's messages the backplane hands over here. */
  readonly #watched: number[];
  #epoch = 0;

  constructor(its: SnapshotHome) {
    this.#its = its;
    this.#wishes = membersOf(its.plan).map(({ group }) => group.repair.snapshot);
    this.#states = its.messages.inRoom.map(() => new RoomState());
    this.#watched = its.messages.inRoom.map(() => (its.home.watched === null ? 1 : 0));
  }

  wishOf(client: number): SnapshotWish {
    return this.#wishes[client] ?? 'off';
  }

  /**
   * Brings the client of a new session up to date.
   * @param work spends CPU time for it again @returns whether the session has to wait for that
   */
  catchUp(session: Session, messages: number, work: (messages: number, snapshots: number) => void): boolean {
    const { sim, home, plan } = this.#its;
    const replayTimeoutUs = Math.round(plan.servers.replayTimeoutMs * 1000);
    return catchUp({ sim, home, replayTimeoutUs, snapshots: this, work }, session, messages);
  }

  /** Answers a client that asks for one, because it has noticed a gap. */
  answer(exchange: ServerExchange, errands: Errands, costUs: { request: number; snapshot: number }): void {
    answerSnapshot(exchange, this, errands, costUs);
  }

  /** Whether this server knows of nothing that is missing in a room's state. */
  isWhole(room: number): boolean {
    return this.#state(room).isWhole;
  }

  /** The server was handed a message. */
  accept(message: number): void {
    const { room, place } = this.#its.messages;
    this.#state(room[message] as number).add(place[message] as number);
  }

  /** The server has begun to watch a room, or has ceased to: what it has of it is no longer the newest. */
  watch(topic: number, watched: boolean): void {
    for (const room of this.#its.topics.roomsOf(topic)) {
      const before = this.#watched[room] as number;
      this.#watched[room] = before + (watched ? 1 : -1);
      if (before === 0 || this.#watched[room] === 0) this.#state(room).followed = false;
    }
  }

  /** The process died. */
  clear(): void {
    this.#epoch++;
    for (const state of this.#states) state.clear();
    if (this.#its.home.watched !== null) this.#watched.fill(0);
  }

  /**
   * Sees to it that the states of rooms are whole, one after the other.
   * @param then called at once, or when they have been read
   */
  ready(rooms: readonly number[], then: () => void): void {
    const room = rooms.find((one) => !this.#state(one).isWhole);
    if (room === undefined) then();
    else this.#load(room, () => this.ready(rooms.slice(rooms.indexOf(room) + 1), then));
  }

  /** Whether the state has messages of a room, newer than one and to be sent to the client, that are not among these. */
  hasBeyond(room: number, client: number, after: number, these: ReadonlySet<number>): boolean {
    const { messages } = this.#its;
    const inRoom = messages.inRoom[room] as number[];
    const state = this.#state(room);
    for (let place = state.version - 1; place >= 0; place--) {
      const message = inRoom[place] as number;
      if (message <= after) return false;
      if (state.has(place) && !these.has(message) && messages.isFor(message, client)) return true;
    }
    return false;
  }

  /** Makes a snapshot. @param why for the record */
  take(room: number, client: number, why: string): Snapshot {
    const { plan, facts, number } = this.#its;
    const { trace, kernel } = this.#its.sim;
    const state = this.#state(room);
    const { bytes: base, bytesPerMessage } = plan.servers.snapshot;
    const bytes = Math.round(base + bytesPerMessage * state.version);
    facts.snapshots++;
    facts.snapshotBytes += bytes;
    const kind = KIND['snapshot.taken'];
    trace.add(kind, kernel.nowUs, number, client, room, state.version, bytes, trace.text(why));
    return state.snapshot(room, bytes);
  }

  /** Reads a room's state: what the backplane keeps behind what is whole here, or all of it at the source. */
  #load(room: number, then: () => void): void {
    const { sim, plan, home } = this.#its;
    const epoch = this.#epoch;
    const state = this.#state(room);
    const goOn = (from: string) => {
      state.followed = (this.#watched[room] as number) > 0;
      this.#its.facts.stateLoads++;
      const { trace, kernel } = sim;
      const kind = KIND['state.loaded'];
      trace.add(kind, kernel.nowUs, this.#its.number, room, state.version, trace.text(from));
      then();
    };
    const readSource = () =>
      sim.later(Math.round(plan.servers.snapshot.loadMs * 1000), () => {
        if (epoch !== this.#epoch) return;
        const { length } = this.#its.messages.inRoom[room] as number[];
        for (let place = 0; place < length; place++) state.add(place);
        goOn('the source');
      });
    // A user's topic keeps that user's copies: a room's state is not to be had from it.
    if (home.retained === null || this.#its.topics.perUser) {
      readSource();
      return;
    }
    this.#askBackplane(room, (kept) => {
      if (epoch !== this.#epoch) return;
      for (const message of kept) this.accept(message);
      // Nothing is no answer: it may keep nothing, or all of it may have been given up.
      if (kept.length > 0 && state.wholeUpTo === state.version) goOn('the backplane');
      else readSource();
    });
  }

  /** @param give called once: with the answer, or with nothing when the time is up */
  #askBackplane(room: number, give: (messages: readonly number[]) => void): void {
    const { sim, plan, home, messages } = this.#its;
    let waiting = true;
    const once = (kept: readonly number[]) => {
      if (waiting) give(kept);
      waiting = false;
    };
    const upTo = this.#state(room).wholeUpTo;
    home.retained?.([room], upTo === 0 ? 0 : ((messages.inRoom[room] as number[])[upTo - 1] as number), once);
    sim.later(Math.round(plan.servers.replayTimeoutMs * 1000), () => once([]));
  }

  #state(room: number): RoomState {
    return this.#states[room] as RoomState;
  }
}
