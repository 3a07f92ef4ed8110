import type { ServerExchange } from '../contract/http.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import type { PlainEvent, ServerIo, TransportPlugin } from '../contract/transport.ts';
import type { Population } from '../machine/population.ts';
import type { Messages } from '../messages.ts';
import type { Arrivals } from './arrivals.ts';
import type { RoomLog } from './room-log.ts';
import type { Snapshots } from './snapshots.ts';

/** A transport as a server serves it. `options` by client, `sessions` by instance. */
export interface Serving {
  plugin: TransportPlugin;
  population: Population;
  options: Record<number, Readonly<Record<string, unknown>>>;
  sessions: Session[];
}

/** What a session needs of its server. */
export interface SessionHome {
  readonly arrivals: Arrivals;
  readonly messages: Messages;
  /** What came within a while is sent as one. */
  readonly batches: boolean;
  log(room: number): RoomLog;
  work(session: Session, what: 'request' | 'message', messages: number): void;
  subscribe(room: number, session: Session): void;
  unsubscribe(room: number, session: Session): void;
  /** A client wrote a message on its connection. */
  write(message: number): void;
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
    const { cursor } = exchange.content;
    const known = cursor < 0 ? server.arrivals.newest : server.arrivals.positionOf(cursor);
    this.cursor = known ?? 0;
    this.#above = known === undefined ? cursor : -1;
    this.workedUpTo = this.cursor;
    exchange.owner = {
      part: (content) => {
        for (const message of content.messages) server.write(message);
        this.send({ type: 'part', code: content.code });
      },
      gone: () => this.send({ type: 'gone' }),
    };
  }

  /** Whether the replay buffer of one of its rooms does not reach back to what the client has. */
  get isBeyondBuffer(): boolean {
    const { cursor, rooms } = this.exchange.content;
    if (cursor < 0) return false;
    return this.#above >= 0 || rooms.some((room) => this.#server.log(room).lostUpTo > this.cursor);
  }

  /** The rooms of which the replay buffer has given up something that the client does not have. */
  get trimmedRooms(): number[] {
    const { rooms } = this.exchange.content;
    return this.#above >= 0 ? [] : rooms.filter((room) => this.#server.log(room).lostUpTo > this.cursor);
  }

  /** The snapshots that it is to be given are made: everything that its server was handed of their rooms is in them. */
  takeSnapshots(maker: Snapshots | null): void {
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

  /** Takes in what the backplane had. */
  replay(messages: readonly number[]): void {
    const { client } = this.exchange.content;
    this.#replayed = messages.filter((message) => this.#server.messages.isFor(message, client));
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
  push(message: number, position: number): boolean {
    if (!this.#subscribed || (position > 0 && position <= this.cursor)) return false;
    this.#inHand.push(message);
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
    const { client, rooms } = this.exchange.content;
    const kept: { message: number; position: number }[] = [];
    for (const room of rooms) this.#server.log(room).after(this.cursor, this.workedUpTo, kept);
    if (rooms.length > 1) kept.sort((a, b) => a.position - b.position);
    return kept.filter(
      ({ message, position }) =>
        message > this.#above &&
        this.#server.messages.isFor(message, client) &&
        !(position <= this.#coveredUpTo && this.#covered.has(this.#server.messages.room[message] as number)),
    );
  }

  cursorNow(): number {
    return Math.max(this.#above, this.#server.arrivals.at(this.cursor));
  }

  subscribe(): void {
    if (this.#subscribed) return;
    this.#subscribed = true;
    for (const room of this.exchange.content.rooms) this.#server.subscribe(room, this);
  }

  /** Leaves the rooms. */
  unsubscribe(): void {
    if (!this.#subscribed) return;
    this.#subscribed = false;
    for (const room of this.exchange.content.rooms) this.#server.unsubscribe(room, this);
  }

  sendings(): number[][] {
    const news = this.news();
    return this.#server.batches && news.length > 0 ? [news] : news.map((message) => [message]);
  }

  bytesOf(message: number): number {
    return this.#server.messages.bytes[message] as number;
  }
}
