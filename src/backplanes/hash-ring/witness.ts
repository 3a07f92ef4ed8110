import type { BackplaneIo } from '../../engine/contract/backplane.ts';
import type { Place } from '../../engine/contract/place.ts';
import { KIND } from '../../engine/contract/sim.ts';
import { arcOf } from './owners.ts';
import type { View } from './view.ts';

/** What becomes of a message: how many of its copies are under way, who has it, and who was to have it. */
interface Fate {
  left: number;
  source: Place;
  watchers: readonly Place[];
  handed: Set<number>;
  /** Why a copy for a server ended, and where. */
  failed: Map<number, { at: Place; reason: string }>;
}

const MEMBERS = 'the fleet';
const VIEWS = 'the view of the fleet';

/**
 * Takes down what happens for the record. It sees all processes at once, which none of them does, and so can say of a
 * message which server should have had it, once none of its copies is under way any more.
 */
export class Witness {
  readonly #io: BackplaneIo;
  /** Rooms that clients of each server watch. */
  readonly #watched = new Map<Place, Set<number>>();
  readonly #fates = new Map<number, Fate>();

  constructor(io: BackplaneIo) {
    this.#io = io;
  }

  watches(server: Place, room: number, watched: boolean): void {
    const rooms = this.#watched.get(server) ?? new Set();
    this.#watched.set(server, rooms);
    if (watched) rooms.add(room);
    else rooms.delete(room);
  }

  /** A server died; its clients watch nothing there. */
  died(server: Place): void {
    this.#watched.delete(server);
  }

  /** A message sets out; it counts as one copy until its source has sent it ({@link over}). */
  begin(message: number, source: Place): void {
    const watchers = this.#watchersOf(message);
    this.#fates.set(message, { left: 1, source, watchers, handed: new Set(), failed: new Map() });
  }

  /** Another copy is under way. */
  sent(message: number): void {
    this.#fate(message).left++;
  }

  handed(message: number, server: Place): void {
    this.#fate(message).handed.add(server.index);
  }

  /** A copy has done what it could. */
  over(message: number): void {
    const fate = this.#fate(message);
    if (--fate.left === 0) this.#settle(message, fate);
  }

  /** A copy for a server ended. */
  failed(message: number, server: number, at: Place, reason: string): void {
    this.#fate(message).failed.set(server, { at, reason });
    this.over(message);
  }

  /** A server is a member, or is none any more. */
  member(server: Place, state: string): void {
    this.#changed(MEMBERS, server, state);
  }

  /** A process has another view. */
  sees(place: Place, { version }: View): void {
    this.#changed(VIEWS, place, `at version ${version}`);
  }

  /** The fleet has changed: whose arcs and whose clients have another owner. @param before null: at the start */
  view(before: View | null, after: View): void {
    this.#arcs(before, after);
    for (let client = 0; client < this.#io.clients.length; client++) {
      const [from, to] = [before?.ownerOf(client) ?? -1, after.ownerOf(client)];
      if (from === to) continue;
      if (before !== null) this.#io.counts.movedClients++;
      this.#owns('client', client, to, from);
    }
  }

  /** An arc goes by the point that ends it, as a signed number of 32 bits. */
  #arcs(before: View | null, after: View): void {
    const { points } = after.owners;
    const old = before?.owners.points ?? [];
    const ends = [...new Set([...old, ...points].map(({ at }) => at))].sort((a, b) => a - b);
    for (const at of ends) {
      const from = old.length === 0 ? -1 : (before?.members[arcOf(old, at).owner] ?? -1);
      const to = points.length === 0 ? -1 : (after.members[arcOf(points, at).owner] ?? -1);
      if (from !== to) this.#owns('arc', at | 0, to, from);
    }
  }

  #owns(what: string, part: number, owner: number, before: number): void {
    const { trace, kernel } = this.#io.sim;
    const placeOf = (server: number) => this.#io.servers[server]?.number ?? -1;
    trace.add(KIND['owner.changed'], kernel.nowUs, trace.text(what), part, placeOf(owner), placeOf(before));
  }

  #changed(group: string, place: Place, state: string): void {
    const { trace, kernel } = this.#io.sim;
    trace.add(KIND['member.changed'], kernel.nowUs, trace.text(group), place.number, trace.text(state));
  }

  #watchersOf(message: number): Place[] {
    const room = this.#io.roomOf(message);
    return this.#io.servers.filter((server) => this.#watched.get(server)?.has(room));
  }

  /** Says of every server that was to have a message, and has not, where that ended. */
  #settle(message: number, { source, watchers, handed, failed }: Fate): void {
    this.#fates.delete(message);
    for (const [server, { at, reason }] of failed)
      if (!handed.has(server)) this.#io.drop(message, at, this.#io.servers[server] as Place, reason);
    const still = new Set(this.#watchersOf(message));
    for (const server of watchers)
      if (still.has(server) && !handed.has(server.index) && !failed.has(server.index))
        this.#io.drop(message, source, server, 'its clients belong to other servers by the sender’s view');
  }

  #fate(message: number): Fate {
    return this.#fates.get(message) as Fate;
  }
}
