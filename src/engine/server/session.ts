import type { ServerExchange } from '../contract/http.ts';
import type { PlainEvent, ServerIo, TransportPlugin } from '../contract/transport.ts';
import type { Population } from '../machine/population.ts';
import type { Messages } from '../messages.ts';
import type { RoomLog } from './room-log.ts';

/** A transport as a server serves it. `options` by client, `sessions` by instance. */
export interface Serving {
  plugin: TransportPlugin;
  population: Population;
  options: Record<number, Readonly<Record<string, unknown>>>;
  sessions: Session[];
}

/** What a session needs of its server. */
export interface SessionHome {
  readonly newest: number;
  readonly messages: Messages;
  log(room: number): RoomLog;
  work(session: Session, what: 'request' | 'message', messages: number): void;
  subscribe(room: number, session: Session): void;
  unsubscribe(room: number, session: Session): void;
}

/**
 * The server's side of one request: its machine, what it has sent already, and what it listens for.
 * For a stream or a socket it lives as long as the connection.
 */
export class Session implements ServerIo {
  readonly exchange: ServerExchange;
  readonly memory: Record<string, unknown> = {};
  /** Last message that this session's client has, or was sent. */
  cursor: number;
  /** Last message whose CPU time has been spent for this session. */
  workedUpTo: number;
  /** Its number at the server. */
  readonly number: number;
  /** Of its machine; -1 when it is over. */
  instance = -1;
  actor = -1;
  readonly serving: Serving;
  readonly #server: SessionHome;
  #subscribed = false;
  /** Pushed, and not sent yet. */
  #inHand: number[] = [];

  constructor(server: SessionHome, serving: Serving, exchange: ServerExchange, number: number) {
    this.number = number;
    this.#server = server;
    this.serving = serving;
    this.exchange = exchange;
    this.cursor = exchange.content.cursor < 0 ? server.newest : exchange.content.cursor;
    this.workedUpTo = this.cursor;
    exchange.owner = {
      part: (content) => this.send({ type: 'part', code: content.code }),
      gone: () => this.send({ type: 'gone' }),
    };
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
   * @returns whether it is news to this session
   */
  push(message: number): boolean {
    if (message <= this.cursor || !this.#subscribed) return false;
    this.#inHand.push(message);
    this.workedUpTo = message;
    return true;
  }

  news(): number[] {
    const news = this.#inHand;
    this.#inHand = [];
    // Before it listens there is only the replay buffer; from then on every message comes by push().
    if (!this.#subscribed) {
      for (const room of this.exchange.content.rooms)
        this.#server.log(room).after(this.cursor, this.workedUpTo, news);
      if (this.exchange.content.rooms.length > 1) news.sort((a, b) => a - b);
    }
    this.cursor = Math.max(this.cursor, this.workedUpTo);
    return news;
  }

  cursorNow(): number {
    return this.cursor;
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

  bytesOf(message: number): number {
    return this.#server.messages.bytes[message] as number;
  }
}
