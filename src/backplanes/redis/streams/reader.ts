import type { Actor, Place } from '../../../engine/contract/place.ts';
import { KIND } from '../../../engine/contract/sim.ts';
import type { ReadingServer } from './books.ts';
import { Client } from './commands.ts';
import type { Home } from './home.ts';
import type { Part, Reply } from './protocol.ts';
import { type Entry, FIRST_ID, type Id } from './stream.ts';

/** Up to where a server has read a room's stream. */
interface Position {
  /** It knows where to begin. */
  ready: boolean;
  id: Id;
  offset: number;
  /** In a group: up to where it has gone through what it was handed in its last life; null: all. */
  history: Id | null;
}

/** After a command that failed. */
const RETRY_US = 100_000;

/** A server that reads its rooms' streams, with a connection to wait on, and one for everything else. */
export class Reader implements ReadingServer {
  readonly place: Place;
  readonly wanted = new Set<number>();
  readonly commands: Client;
  readonly #home: Home;
  readonly #client: Client;
  readonly #actor: Actor;
  readonly #claimer: Actor;
  readonly #positions = new Map<number, Position>();
  readonly #since = new Map<number, number>();
  /** Rooms of the read that is under way. */
  #asked: ReadonlySet<number> = new Set();
  /** The read that is under way will never be answered. */
  #deaf = false;
  /** Rooms of which it will never know where to begin. */
  readonly #unbegun = new Set<number>();
  /** Entries that wait for the server's CPU. */
  #inbox: Entry[] = [];
  #working = false;

  /** @param commands its connection for what is answered at once */
  constructor(home: Home, place: Place, commands: Client) {
    this.#home = home;
    this.place = place;
    this.commands = commands;
    this.#client = new Client(home, place, true);
    this.#client.identified = () => this.#unblock();
    this.#client.neverAnswered = () => this.#deafen();
    this.commands.neverAnswered = ({ command, ...rest }) => {
      if (command === 'xrevrange' || command === 'xgroup') this.#neverBegins((rest as { room: number }).room);
    };
    this.#actor = place.start<Reader>('reader', this);
    this.#claimer = place.start<Reader>('claimer', this, { intervalMs: home.config.claimIntervalMs });
    if (this.#inGroup && !home.config.noAck) this.#claimer.send({ type: 'start' });
  }

  get #inGroup(): boolean {
    return this.#home.config.pattern === 'group';
  }

  sinceOf(room: number): number {
    return this.#since.get(room) ?? 0;
  }

  positionOf(room: number): Position | undefined {
    const position = this.#positions.get(room);
    return position?.ready === true ? position : undefined;
  }

  holds({ room, offset }: Entry): boolean {
    return this.#inbox.some((entry) => entry.room === room && entry.offset === offset);
  }

  isDeaf(room: number): boolean {
    return this.#unbegun.has(room) || (this.#deaf && this.positionOf(room) !== undefined);
  }

  #deafen(): void {
    this.#deaf = true;
    for (const [room, { ready, offset }] of this.#positions)
      if (ready) this.#home.books.deafened(this, room, offset);
  }

  #neverBegins(room: number): void {
    if (this.#positions.get(room)?.ready !== false) return;
    this.#unbegun.add(room);
    this.#home.books.deafened(this, room, this.sinceOf(room));
  }

  watch(room: number): void {
    this.wanted.add(room);
    this.#since.set(room, this.#home.books.lengthOf(room));
    this.#begin(room);
  }

  leave(room: number): void {
    this.wanted.delete(room);
    this.#positions.delete(room);
    this.#unbegun.delete(room);
  }

  /** Finds out where to begin. */
  #begin(room: number): void {
    const atStart = !this.#inGroup && this.#home.config.startFrom === 'beginning';
    const position: Position = { ready: atStart, id: FIRST_ID, offset: 0, history: null };
    this.#positions.set(room, position);
    if (atStart) {
      this.#wake();
      return;
    }
    this.commands.ask({ command: this.#inGroup ? 'xgroup' : 'xrevrange', room }, (reply) => {
      if (this.#positions.get(room) !== position) return;
      if (reply === null) {
        this.place.later(RETRY_US, () => this.#positions.get(room) === position && this.#begin(room));
        return;
      }
      position.ready = true;
      if (this.#inGroup) {
        position.history = reply.error === 'BUSYGROUP' ? FIRST_ID : null;
        this.#joined(room);
      } else {
        position.id = reply.last?.id ?? FIRST_ID;
        position.offset = reply.offset as number;
        this.#home.books.begins(this, room, position.offset);
      }
      this.#wake();
    });
  }

  #joined(room: number): void {
    const { io } = this.#home;
    const { trace, kernel } = io.sim;
    const group = trace.text(`group servers of ${io.rooms[room]}`);
    trace.add(KIND['member.changed'], kernel.nowUs, group, this.place.number, trace.text('a consumer'));
  }

  /** There is a stream to read that was not there before. */
  #wake(): void {
    this.#actor.send({ type: 'wake' });
    this.#unblock();
  }

  /** The read that waits does not wait for all of its rooms: it is ended from the other connection. */
  #unblock(): void {
    const asked = this.#asked;
    const { id } = this.#client;
    const isStale = () => this.#asked === asked && [...this.wanted].some((room) => this.#isNew(room));
    if (this.#actor.state !== 'reading' || id === 0 || !this.#client.isAsking || !isStale()) return;
    this.commands.ask({ command: 'unblock', client: id }, (reply) => {
      // It overtook the read, or the read is over.
      if (reply?.unblocked !== true) this.place.later(RETRY_US, () => isStale() && this.#unblock());
    });
  }

  #isNew(room: number): boolean {
    return !this.#asked.has(room) && this.positionOf(room) !== undefined;
  }

  read(): void {
    const parts = this.#parts();
    this.#asked = new Set(parts.map(({ room }) => room));
    if (parts.length === 0) {
      this.#actor.send({ type: 'nothing to read' });
      return;
    }
    const command = this.#inGroup
      ? ({ command: 'xreadgroup', consumer: this.place.index, parts } as const)
      : ({ command: 'xread', parts } as const);
    this.#client.ask(command, (reply) => this.#take(reply, parts));
  }

  #parts(): Part[] {
    const ready = [...this.#positions].filter(([, position]) => position.ready);
    if (!this.#inGroup) return ready.map(([room, { id }]) => ({ room, after: id }));
    const past = ready.flatMap(([room, { history }]) => (history === null ? [] : [{ room, after: history }]));
    return past.length > 0 ? past : ready.map(([room]) => ({ room, after: 'new' }));
  }

  #take(reply: Reply | null, asked: readonly Part[]): void {
    if (reply !== null) this.#home.books.received(this.place, reply);
    if (reply === null || reply.error !== undefined) {
      // Redis has lost its data, and the group with it.
      if (reply !== null) for (const room of this.wanted) this.#begin(room);
      this.#actor.send({ type: 'failed' });
      return;
    }
    for (const { room, after } of asked) {
      const found = reply.found?.find((one) => one.room === room);
      const position = this.#positions.get(room);
      const entries = found?.entries ?? [];
      this.#inbox.push(...entries);
      for (const { offset } of found?.missing ?? []) this.#acknowledge(room, offset);
      if (position === undefined) continue;
      const last = entries.at(-1);
      if (this.#inGroup) {
        const past = [...entries, ...(found?.missing ?? [])].sort((a, b) => a.offset - b.offset).at(-1);
        if (after !== 'new') position.history = past?.id ?? null;
      } else if (last !== undefined) {
        position.id = last.id;
        position.offset = last.offset + 1;
      }
    }
    this.#actor.send({ type: this.#inbox.length > 0 || this.#working ? 'entries' : 'nothing new' });
  }

  /** Works through what has come, entry by entry; between two the server does what else there is to do. */
  process(): void {
    if (this.#working) return;
    const [entry] = this.#inbox;
    if (entry === undefined) {
      this.#actor.send({ type: 'processed' });
      return;
    }
    this.#working = true;
    this.place.work(this.#home.io.receiveUs, 'message', () => {
      this.#working = false;
      this.#inbox.shift();
      this.#hand(entry);
      this.process();
    });
  }

  #hand(entry: Entry): void {
    const { io, books, config } = this.#home;
    const { room, message, offset } = entry;
    if (this.wanted.has(room)) {
      io.hand(this.place, message);
      books.handed(entry, this.place);
    }
    if (this.#inGroup && !config.noAck) this.#acknowledge(room, offset);
  }

  #acknowledge(room: number, offset: number): void {
    this.commands.ask({ command: 'xack', room, offset });
  }

  /** XAUTOCLAIM, room by room, each until its list is through. */
  claim(): void {
    const rooms = [...this.#positions.keys()].filter((room) => this.positionOf(room) !== undefined);
    const next = (start: number) => {
      const [room] = rooms;
      if (room === undefined) {
        this.#claimer.send({ type: 'claimed' });
        return;
      }
      this.commands.ask({ command: 'xautoclaim', room, consumer: this.place.index, start }, (reply) => {
        if (reply !== null) this.#home.books.received(this.place, reply);
        this.#inbox.push(...(reply?.found?.flatMap(({ entries }) => entries) ?? []));
        if (this.#inbox.length > 0) this.process();
        const goOn = reply?.next ?? -1;
        if (goOn < 0) rooms.shift();
        next(Math.max(0, goOn));
      });
    };
    next(0);
  }
}

export const READER_EFFECTS = {
  read: (reader: Reader) => reader.read(),
  process: (reader: Reader) => reader.process(),
};

export const CLAIMER_EFFECTS = { claim: (reader: Reader) => reader.claim() };
