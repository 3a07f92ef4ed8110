import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import { KIND } from '../../../engine/contract/sim.ts';
import type { Config } from './config.ts';
import { entriesOf, type Reply } from './protocol.ts';
import { compareIds, type Entry, type Id, type Stream } from './stream.ts';

/** Without `resend`, see the client (`commands.ts`). */
const UNHEARD = 'the server waits for an answer that broke off with its connection';

/** A server that reads, as far as the books look into it. */
export interface ReadingServer {
  readonly place: Place;
  readonly wanted: ReadonlySet<number>;
  /** How long a room's stream was when the server began to watch it. */
  sinceOf(room: number): number;
  /** Up to where it has read a room, if it knows where to begin. */
  positionOf(room: number): { id: Id; offset: number } | undefined;
  /** Whether an entry waits in it for its turn. */
  holds(entry: Entry): boolean;
  /** Whether it waits for an answer that will never come, and so will not read the room again in this life. */
  isDeaf(room: number): boolean;
}

/**
 * Takes down what happens for the record. It sees all processes at once, which none of them does, and so can say where
 * a message ended that nobody will miss until it is too late.
 */
export class Books {
  readonly servers = new Map<Place, ReadingServer>();
  readonly #io: BackplaneIo;
  readonly #config: Config;
  readonly #streams: ReadonlyMap<number, Stream>;
  /** Messages that were ever added, by room and offset. */
  readonly #logs: number[][] = [];
  /** The first entry of a message. */
  readonly #entries = new Map<number, Entry>();
  /** Answers on their way, by server. */
  readonly #flying = new Map<Place, Set<Reply>>();
  /** Of each room, the offset up to which the group was handed entries, or they were given up before. */
  readonly #settled: number[] = [];
  /** Servers that were handed an entry that is not acknowledged, by room and offset. */
  readonly #handed = new Map<string, Place[]>();

  constructor(io: BackplaneIo, config: Config, streams: ReadonlyMap<number, Stream>) {
    this.#io = io;
    this.#config = config;
    this.#streams = streams;
  }

  get #redis(): Place {
    return this.#io.nodes[0] as Place;
  }

  /** How many entries were ever added to a room's stream. */
  lengthOf(room: number): number {
    return this.#logs[room]?.length ?? 0;
  }

  /** The first entry of a message, if there ever was one. */
  entryOf(message: number): Entry | undefined {
    return this.#entries.get(message);
  }

  appended(entry: Entry): void {
    const { room, message, offset } = entry;
    const log = this.#logs[room] ?? [];
    this.#logs[room] = log;
    log.push(message);
    if (!this.#entries.has(message)) this.#entries.set(message, entry);
    const { trace, kernel } = this.#io.sim;
    this.#io.counts.appended++;
    trace.add(
      KIND['entry.appended'],
      kernel.nowUs,
      this.#redis.number,
      room,
      0,
      offset,
      this.#io.messageOf(message),
    );
    if (this.#config.pattern === 'group') return;
    for (const server of this.#watching(entry)) {
      const position = server.positionOf(room);
      if (position !== undefined && compareIds(entry.id, position.id) <= 0)
        this.#drop(
          entry,
          server,
          'its ID is not behind the last that the server read: Redis’ clock went back',
        );
      else if (server.isDeaf(room)) this.#drop(entry, server, UNHEARD);
    }
  }

  /** Entries are not in the stream any more. */
  removed(entries: readonly Entry[], reason: string): void {
    const last = entries.at(-1);
    if (last === undefined) return;
    const { trace, kernel } = this.#io.sim;
    const first = last.offset + 1;
    trace.add(KIND['entry.trimmed'], kernel.nowUs, this.#redis.number, last.room, 0, first);
    for (const entry of entries) {
      if (this.#config.pattern === 'broadcast') this.#removedUnread(entry, reason);
      else if (entry.offset >= (this.#settled[entry.room] ?? 0)) {
        this.#settled[entry.room] = entry.offset + 1;
        for (const server of this.#watching(entry)) this.#drop(entry, server, reason);
      }
    }
  }

  #removedUnread(entry: Entry, reason: string): void {
    for (const server of this.#watching(entry)) {
      const position = server.positionOf(entry.room);
      if (position === undefined || entry.offset < position.offset || this.#flies(entry, server)) continue;
      if (!server.isDeaf(entry.room)) this.#drop(entry, server, reason);
    }
  }

  /** A server knows where to begin: what came before, since it began to watch, it will not have. */
  begins(server: ReadingServer, room: number, offset: number): void {
    this.#logs[room]?.slice(server.sinceOf(room)).forEach((message, i) => {
      const entry = { message, room, offset: server.sinceOf(room) + i };
      if (entry.offset < offset) this.#drop(entry, server, 'the server began to read behind it');
      else if (!this.#isThere(entry)) this.#drop(entry, server, 'gone before it was read');
    });
    if (server.isDeaf(room)) this.deafened(server, room, offset);
  }

  /** From an offset on a server will not read a room in this life. What is gone by now has its record, if it had begun. */
  deafened(server: ReadingServer, room: number, from: number): void {
    if (this.#config.pattern === 'group') return;
    const begun = server.positionOf(room) !== undefined;
    this.#logs[room]?.slice(from).forEach((message, i) => {
      const entry = { message, room, offset: from + i };
      if (!begun || this.#isThere(entry)) this.#drop(entry, server, UNHEARD);
    });
  }

  /** The group begins behind everything that is there. */
  groupBegins(room: number): void {
    const from = this.#settled[room] ?? 0;
    this.#settled[room] = this.lengthOf(room);
    this.#logs[room]?.slice(from).forEach((message, i) => {
      const entry = { message, room, offset: from + i };
      for (const server of this.#watching(entry)) this.#drop(entry, server, 'the group began behind it');
    });
  }

  /** An answer with entries leaves for a server. */
  sent(to: Place, reply: Reply): void {
    const entries = entriesOf(reply);
    if (entries.length === 0) return;
    this.#io.counts.forwarded += entries.length;
    const flying = this.#flying.get(to) ?? new Set();
    this.#flying.set(to, flying.add(reply));
  }

  received(at: Place, reply: Reply): void {
    this.#flying.get(at)?.delete(reply);
  }

  /** An answer will never be received: what is still there will be read again. */
  lost(to: Place, reply: Reply): void {
    if (this.#flying.get(to)?.delete(reply) !== true) return;
    const server = this.servers.get(to);
    if (server === undefined) return;
    for (const entry of entriesOf(reply)) {
      if (!server.wanted.has(entry.room) || server.holds(entry) || this.#flies(entry, server)) continue;
      const position = server.positionOf(entry.room);
      if (this.#config.pattern === 'broadcast') {
        const has = position === undefined || entry.offset < position.offset;
        if (!has && !this.#isThere(entry)) this.#drop(entry, server, 'gone before it could be read again');
      } else if (this.#config.noAck || (!this.#isThere(entry) && !this.#isPending(entry)))
        this.#drop(entry, server, 'connection to Redis lost, and nobody keeps it for the server');
    }
  }

  /** The group's entry belongs to a server (-1: to nobody, it is acknowledged). */
  owned(entry: Entry, owner: number, before: number): void {
    const { trace, kernel } = this.#io.sim;
    const what = trace.text(`pending entry of ${this.#io.rooms[entry.room]},`);
    const numberOf = (server: number) => this.#io.servers[server]?.number ?? -1;
    const places = [numberOf(owner), numberOf(before)] as const;
    trace.add(KIND['owner.changed'], kernel.nowUs, what, entry.offset, ...places);
  }

  /** The group was handed everything up to an entry. */
  delivered(entry: Entry, to: Place): void {
    this.#settled[entry.room] = entry.offset + 1;
    this.cursor(this.#redis, entry.room, this.#io.servers.length, entry.offset + 1, false);
    if (this.#config.noAck) this.#elsewhere(entry, to);
  }

  /** The offset behind the last entry that the group was handed. */
  deliveredUpTo(room: number): number {
    return this.#settled[room] ?? 0;
  }

  /** A server's application has an entry. */
  handed(entry: Entry, server: Place): void {
    if (this.#config.pattern === 'broadcast') {
      this.cursor(server, entry.room, server.index, entry.offset + 1, false);
      return;
    }
    if (this.#config.noAck) return;
    const key = `${entry.room} ${entry.offset}`;
    this.#handed.set(key, [...(this.#handed.get(key) ?? []), server]);
  }

  /** Nobody will be handed an entry again. @param by who acknowledged it */
  acknowledged(entry: Entry, by: Place, done: number): void {
    this.cursor(this.#redis, entry.room, this.#io.servers.length, done, true);
    this.#elsewhere(entry, by);
    this.#handed.delete(`${entry.room} ${entry.offset}`);
  }

  /** A pending entry is not there any more, so that it cannot be handed over again: trimmed, or all is gone. */
  vanished(entry: Entry, reason: string): void {
    const handed = this.#handed.get(`${entry.room} ${entry.offset}`) ?? [];
    for (const server of this.#watching(entry))
      if (!handed.includes(server.place) && !server.holds(entry) && !this.#flies(entry, server))
        this.#drop(entry, server, reason);
  }

  /** Where a consumer of the header stands. */
  cursor(at: Place, room: number, consumer: number, offset: number, committed: boolean): void {
    const { trace, kernel } = this.#io.sim;
    const flag = committed ? 1 : 0;
    trace.add(KIND['cursor.moved'], kernel.nowUs, at.number, room, 0, consumer, offset, flag);
  }

  /** What one consumer of the group has, the others never will. */
  #elsewhere(entry: Entry, by: Place): void {
    const handed = this.#handed.get(`${entry.room} ${entry.offset}`) ?? [];
    for (const server of this.#watching(entry))
      if (server.place !== by && !handed.includes(server.place) && !server.holds(entry))
        this.#drop(entry, server, `the group gave it to ${by.name}`);
  }

  /** Servers that watched a room already when an entry was added. */
  #watching({ room, offset }: Pick<Entry, 'room' | 'offset'>): ReadingServer[] {
    return [...this.servers.values()].filter(
      (server) => server.wanted.has(room) && server.sinceOf(room) <= offset,
    );
  }

  #isThere({ room, offset }: Pick<Entry, 'room' | 'offset'>): boolean {
    return this.#streams.get(room)?.has(offset) === true;
  }

  #isPending({ room, offset }: Entry): boolean {
    return this.#streams.get(room)?.group?.pending.has(offset) === true;
  }

  #flies({ room, offset }: Entry, { place }: ReadingServer): boolean {
    for (const reply of this.#flying.get(place) ?? [])
      if (entriesOf(reply).some((entry) => entry.room === room && entry.offset === offset)) return true;
    return false;
  }

  #drop({ message }: Pick<Entry, 'message'>, { place }: ReadingServer, reason: string): void {
    this.#io.drop(message, this.#redis, place, reason);
  }
}
