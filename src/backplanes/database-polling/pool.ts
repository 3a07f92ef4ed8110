import type { Actor, CloseReason, Place, Wire, WireOwner } from '../../engine/contract/place.ts';
import type { Home } from './home.ts';
import { type Answer, type Query, type Request, requestBytes, START_UP_STEPS } from './protocol.ts';

/** What a statement comes to; null: nobody knows. */
export type Done = (answer: Answer | null) => void;

interface Asked {
  query: Query;
  done: Done;
  /** It has a connection, and waits for none any more. */
  stopTimer: () => void;
}

const WORDS = {
  select: 'database.select',
  last: 'database.last',
  replay: 'database.replay',
  insert: 'database.insert',
} as const;

/** A process' connections to the database: each has one statement under way, the others wait. */
export class Pool {
  readonly home: Home;
  readonly place: Place;
  /** Told, for the books only, what the database will never get. */
  readonly lost: (query: Query) => void;
  readonly #connections = new Set<Connection>();
  #waiting: Asked[] = [];

  constructor(home: Home, place: Place, lost: (query: Query) => void) {
    this.home = home;
    this.place = place;
    this.lost = lost;
  }

  /** Statements that wait for a connection. */
  get waiting(): readonly Asked[] {
    return this.#waiting;
  }

  /** Whether a row's INSERT is on its way to the database, or there. */
  isUnderWay(message: number): boolean {
    return [...this.#connections].some(({ inserting }) => inserting === message);
  }

  query(query: Query, done: Done): void {
    const asked: Asked = { query, done, stopTimer: () => {} };
    const isFull = this.#connections.size >= this.home.config.poolMax;
    this.#waiting.push(asked);
    this.#dispatch();
    if (isFull && this.#waiting.at(-1) === asked) this.#limit(asked);
  }

  /** The next statement that waits. */
  take(): Asked | undefined {
    const asked = this.#waiting.shift();
    asked?.stopTimer();
    return asked;
  }

  /** Where all connections are in use, one is waited for no longer than for a new one (pg-pool, index.js, connect). */
  #limit(asked: Asked): void {
    const { connectTimeoutMs } = this.home.config;
    if (connectTimeoutMs === Number.POSITIVE_INFINITY) return;
    asked.stopTimer = this.place.later(Math.round(connectTimeoutMs * 1_000), () => {
      this.#waiting = this.#waiting.filter((one) => one !== asked);
      asked.done(null);
    });
  }

  /** A connection is gone before it was ready: a statement that waits for it has failed. */
  gone(connection: Connection, asked: Asked | null): void {
    this.#connections.delete(connection);
    const failed = asked ?? this.take();
    // Whoever tries again at once must not do so within this call.
    this.place.later(0, () => {
      failed?.done(null);
      this.#dispatch();
    });
  }

  #dispatch(): void {
    for (const connection of this.#connections) connection.serve();
    const coming = [...this.#connections].filter(({ busy }) => !busy).length;
    const wanted = Math.min(this.#waiting.length - coming, this.home.config.poolMax - this.#connections.size);
    for (let i = 0; i < wanted; i++) this.#connections.add(new Connection(this));
  }
}

/** One connection. */
class Connection implements WireOwner {
  readonly #pool: Pool;
  readonly #actor: Actor;
  #wire: Wire | null = null;
  #asked: Asked | null = null;
  #ready = false;

  constructor(pool: Pool) {
    this.#pool = pool;
    const { connectTimeoutMs, queryTimeoutMs } = pool.home.config;
    this.#actor = pool.place.start<Connection>('connection', this, { connectTimeoutMs, queryTimeoutMs });
    this.#actor.send({ type: 'start' });
  }

  /** It has a statement under way. */
  get busy(): boolean {
    return this.#asked !== null;
  }

  /** The message whose row it is to write; 0: none. */
  get inserting(): number {
    const query = this.#asked?.query;
    return query?.query === 'insert' ? query.message : 0;
  }

  connect(): void {
    const database = this.#pool.home.io.nodes[0] as Place;
    this.#wire = this.#pool.place.connect(database, 'database.connect', this);
  }

  logIn(): void {
    this.#send('database.start-up', { startUp: 1 });
  }

  begin(): void {
    this.#ready = true;
    this.serve();
  }

  serve(): void {
    if (!this.#ready || this.#asked !== null) return;
    this.#asked = this.#pool.take() ?? null;
    if (this.#asked === null) return;
    this.#send(WORDS[this.#asked.query.query], this.#asked.query);
    this.#actor.send({ type: 'asked' });
  }

  hangUp(): void {
    const wire = this.#wire;
    this.#wire = null;
    wire?.close();
  }

  fail(): void {
    this.#ready = false;
    this.#pool.gone(this, this.#asked);
  }

  opened(): void {
    this.#actor.send({ type: 'opened' });
  }

  received(content: unknown): void {
    // A part of an answer, of which the rest is still to come.
    if (content === null) return;
    const answer = content as Answer;
    if (answer.refused === true) return;
    if (answer.startUp !== undefined) {
      if (answer.startUp < START_UP_STEPS) this.#send('database.start-up', { startUp: answer.startUp + 1 });
      else this.#actor.send({ type: 'ready for query' });
      return;
    }
    const asked = this.#asked;
    this.#asked = null;
    this.#actor.send({ type: 'answered' });
    asked?.done(answer);
    this.serve();
  }

  lost(content: unknown): void {
    if (!('startUp' in (content as Request))) this.#pool.lost(content as Query);
  }

  closed(_reason: CloseReason, wire: Wire): void {
    if (wire !== this.#wire) return;
    this.#wire = null;
    this.#actor.send({ type: 'closed' });
  }

  #send(what: string, request: Request): void {
    const message = 'query' in request && request.query === 'insert' ? request.message : 0;
    const payload = message === 0 ? 0 : this.#pool.home.io.bytesOf(message);
    this.#wire?.send(what, requestBytes(request, payload), request, message, message === 0 ? 0 : 1);
  }
}

export const CONNECTION_EFFECTS = {
  connect: (connection: Connection) => connection.connect(),
  logIn: (connection: Connection) => connection.logIn(),
  begin: (connection: Connection) => connection.begin(),
  fail: (connection: Connection) => connection.fail(),
  hangUp: (connection: Connection) => connection.hangUp(),
};
