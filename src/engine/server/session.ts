import type { ServerExchange } from '../contract/http.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import type { PlainEvent, ServerIo, TransportPlugin } from '../contract/transport.ts';
import type { Population } from '../machine/population.ts';
import type { Messages } from '../messages.ts';
import type { Topics } from '../topics.ts';
import type { Arrivals } from './arrivals.ts';
import type { RoomLog } from './room-log.ts';

/** A transport as a server serves it. `options` by client, `sessions` by instance. */
export interface Serving {
  plugin: TransportPlugin;
  population: Population;
  options: Record<number, Readonly<Record<string, unknown>>>;
  sessions: Session[];
}

/** Who makes snapshots. @param why for the record */
interface SnapshotMaker {
  take(room: number, client: number, why: string): Snapshot;
}

/** What a session needs of its server. */
export interface SessionHome {
  readonly arrivals: Arrivals;
  readonly messages: Messages;
  readonly topics: Topics;
  /** What came within a while is sent as one. */
  readonly batches: boolean;
  log(topic: number): RoomLog;
  work(session: Session, what: 'request' | 'message', messages: number): void;
  subscribe(topic: number, session: Session): void;
  unsubscribe(topic: number, session: Session): void;
  /** A client wrote a message on its connection. */
  write(client: number, message: number): void;
}

/**
 * The server's side of one request: its machine, what it has sent already, and what it listens for.
 * For a stream or a socket it lives as long as the connection.
 */
export class Session implements ServerIo {
  readonly exchange: ServerExchange;
  readonly memory: Record<string, unknown> = {};
  /** Position of the last message that this session's client has, or was sent. */
  cursor: number;
  /** Position of the last message whose CPU time has been spent for this session. */
  workedUpTo: number;
  /** Its number at the server. */
  readonly number: number;
  /** Of its machine; -1 when it is over. */
  instance = -1;
  actor = -1;
  /** What it is served from: its rooms' topics, or its client's. */
  readonly topics: readonly number[];
  /** Its request has not had its CPU time yet. */
  isNew = true;
  /** Its client does not belong here, and is to hear so as soon as it is served. */
  misplaced = false;
  readonly serving: Serving;
  readonly #server: SessionHome;
  /** The client's last message has not been at this server: what has a higher number is news. -1: it has. */
  readonly #above: number;
  /** What the backplane had for the client beyond the replay buffer, oldest first. */
  #replayed: readonly number[] = [];
  /** Rooms that it is to be given a snapshot of, and why; and the snapshots, once they are made. */
  snapshotOf: { rooms: readonly number[]; why: string } | null = null;
  #snapshots: Snapshot[] = [];
  /** Rooms whose messages up to a position are in a snapshot. */
  #covered: ReadonlySet<number> = new Set();
  #coveredUpTo = 0;
  #subscribed = false;
  /** Pushed, and not sent yet. */
  #inHand: number[] = [];

  constructor(server: SessionHome, serving: Serving, exchange: ServerExchange, number: number) {
    this.number = number;
    this.#server = server;
    this.serving = serving;
    this.exchange = exchange;
    const { cursor, client, rooms } = exchange.content;
    this.topics = server.topics.of(client, rooms);
    const known = cursor < 0 ? server.arrivals.newest : this.#positionOf(cursor);
    this.cursor = known ?? 0;
    this.#above = known === undefined ? cursor : -1;
    this.workedUpTo = this.cursor;
    exchange.owner = {
      part: (content) => {
        for (const message of content.messages) server.write(exchange.content.client, message);
        this.send({ type: 'part', code: content.code });
      },
      gone: () => this.send({ type: 'gone' }),
    };
  }

  /** Whether the replay buffer of one of its rooms does not reach back to what the client has. */
  get isBeyondBuffer(): boolean {
    if (this.exchange.content.cursor < 0) return false;
    return this.#above >= 0 || this.topics.some((topic) => this.#isTrimmed(topic));
  }

  /** The rooms of which the replay buffer has given up something that the client does not have. */
  get trimmedRooms(): number[] {
    const trimmed = this.#above >= 0 ? [] : this.topics.filter((topic) => this.#isTrimmed(topic));
    return trimmed.flatMap((topic) => this.#server.topics.roomsOf(topic));
  }

  /** The snapshots that it is to be given are made: everything that its server was handed of their rooms is in them. */
  takeSnapshots(maker: SnapshotMaker | null): void {
    if (maker === null || this.snapshotOf === null) return;
    const { rooms, why } = this.snapshotOf;
    const snapshots = rooms.map((room) => maker.take(room, this.exchange.content.client, why));
    this.snapshotOf = null;
    this.#snapshots = snapshots;
    this.#covered = new Set(snapshots.map(({ room }) => room));
    this.#coveredUpTo = this.#server.arrivals.newest;
    this.#replayed = this.#replayed.filter(
      (message) => !this.#covered.has(this.#server.messages.room[message] as number),
    );
    if (this.exchange.content.rooms.some((room) => !this.#covered.has(room))) return;
    this.cursor = this.#coveredUpTo;
  }

  snapshots(): Snapshot[] {
    return this.#snapshots.splice(0);
  }

  /** How many of the messages that the backplane gave are of other rooms than these. */
  replayedOutside(rooms: readonly number[]): number {
    const { room } = this.#server.messages;
    return this.#replayed.filter((message) => !rooms.includes(room[message] as number)).length;
  }

  /** How many of its snapshots are not sent yet. */
  get snapshotsDue(): number {
    return this.#snapshots.length;
  }

  /** What the client has last, by the number that the backplane knows it by; 0: it is not known. */
  get lastCopy(): number {
    const { cursor, client } = this.exchange.content;
    return this.#server.topics.copyFor(cursor, client) ?? 0;
  }

  /** Whether a message is of one of its rooms: a user's topic has those of all. */
  watches(message: number): boolean {
    const { topics, messages } = this.#server;
    return !topics.perUser || this.exchange.content.rooms.includes(messages.room[message] as number);
  }

  #isTrimmed(topic: number): boolean {
    return this.#server.log(topic).lostUpTo > this.cursor;
  }

  /** Where a message stands at the server; undefined: it has not been here. */
  #positionOf(message: number): number | undefined {
    const copy = this.#server.topics.copyFor(message, this.exchange.content.client);
    return copy === undefined ? undefined : this.#server.arrivals.positionOf(copy);
  }

  /** Takes in what the backplane had. */
  replay(messages: readonly number[]): void {
    const { client } = this.exchange.content;
    this.#replayed = messages
      .map((copy) => this.#server.topics.messageOf(copy))
      .filter((message) => this.#server.messages.isFor(message, client) && this.watches(message));
  }

  /** Position of the newest message at its server. */
  get newest(): number {
    return this.#server.arrivals.newest;
  }

  get options(): Readonly<Record<string, unknown>> {
    return this.serving.options[this.exchange.content.client] as Readonly<Record<string, unknown>>;
  }

  send(event: PlainEvent): void {
    if (this.instance >= 0) this.serving.population.send(this.instance, event);
  }

  work(what: 'request' | 'message', messages = 0): void {
    this.#server.work(this, what, messages);
  }

  /**
   * A new message has its CPU time: the session has it in hand, whatever the replay buffer still keeps.
   * @param position at the server; 0: it came again, and is passed on again
   * @returns whether it is to be sent
   */
  push(copy: number, position: number): boolean {
    if (!this.#subscribed || (position > 0 && position <= this.cursor)) return false;
    this.#inHand.push(this.#server.topics.messageOf(copy));
    if (position > 0) this.workedUpTo = position;
    return true;
  }

  news(): number[] {
    const news = this.#inHand;
    this.#inHand = [];
    // Before it listens there is only the replay buffer; from then on every message comes by push().
    if (!this.#subscribed) news.push(...this.missed());
    this.cursor = Math.max(this.cursor, this.workedUpTo);
    return news;
  }

  /** What the client has yet to get: what the backplane gave, then what the replay buffer has besides. */
  missed(): number[] {
    const replayed = this.#replayed;
    const kept = this.#kept().map(({ message }) => message);
    return replayed.length === 0 ? kept : [...new Set([...replayed, ...kept])];
  }

  /** What the replay buffer has for the client, up to what the CPU has got to, in the order of coming. */
  #kept(): { message: number; position: number }[] {
    const { client } = this.exchange.content;
    const { topics } = this.#server;
    const copies: { message: number; position: number }[] = [];
    for (const topic of this.topics) this.#server.log(topic).after(this.cursor, this.workedUpTo, copies);
    if (this.topics.length > 1) copies.sort((a, b) => a.position - b.position);
    const kept = topics.perUser
      ? copies.map(({ message, position }) => ({ message: topics.messageOf(message), position }))
      : copies;
    return kept.filter(
      ({ message, position }) =>
        message > this.#above &&
        this.#server.messages.isFor(message, client) &&
        this.watches(message) &&
        !(position <= this.#coveredUpTo && this.#covered.has(this.#server.messages.room[message] as number)),
    );
  }

  cursorNow(): number {
    const { topics, arrivals } = this.#server;
    if (!topics.perUser) return Math.max(this.#above, arrivals.at(this.cursor));
    // What stands last at the server may be somebody else's: the newest of the client's own.
    const own = topics.messageOf(this.#server.log(this.topics[0] as number).newestUpTo(this.cursor));
    return Math.max(this.#above, this.exchange.content.cursor, own);
  }

  subscribe(): void {
    if (this.#subscribed) return;
    this.#subscribed = true;
    for (const topic of this.topics) this.#server.subscribe(topic, this);
  }

  /** Leaves the rooms. */
  unsubscribe(): void {
    if (!this.#subscribed) return;
    this.#subscribed = false;
    for (const topic of this.topics) this.#server.unsubscribe(topic, this);
  }

  sendings(): number[][] {
    const news = this.news();
    return this.#server.batches && news.length > 0 ? [news] : news.map((message) => [message]);
  }

  bytesOf(message: number): number {
    return this.#server.messages.bytes[message] as number;
  }
}
