import type { Actor, CloseReason, Place, Wire, WireOwner } from '../../engine/contract/place.ts';
import { KIND } from '../../engine/contract/sim.ts';
import type { Home } from './home.ts';
import { type Answer, answerBytes, type Page, type Query, type Request } from './protocol.ts';
import type { Row, Table } from './table.ts';
import { sendAnswer } from './units.ts';

/** Statements that took less, waiting included, leave no record of their own. */
const RECORDED_FROM_US = 1_000;

/** The database: so many workers, and whoever waits for one. */
export class Database {
  readonly home: Home;
  readonly place: Place;
  readonly #backends = new Set<Backend>();
  #queue: Backend[] = [];
  #busy = 0;

  constructor(home: Home, place: Place) {
    this.home = home;
    this.place = place;
    place.listen((wire) => {
      const backend = new Backend(this, wire, this.#backends.size < home.config.maxConnections);
      this.#backends.add(backend);
      return backend;
    });
  }

  leave(backend: Backend): void {
    this.#backends.delete(backend);
  }

  /** A statement waits for its turn. */
  queue(backend: Backend): void {
    this.#queue.push(backend);
    this.#next();
  }

  /** A worker is free. */
  release(): void {
    this.#busy--;
    this.#next();
  }

  #next(): void {
    while (this.#busy < this.home.config.workers) {
      const backend = this.#queue.shift();
      if (backend === undefined) return;
      this.#busy++;
      backend.run();
    }
  }

  /** Reads what is committed now. */
  select({ query, parts }: Extract<Query, { parts: unknown }>): Page[] {
    const { config, tables } = this.home;
    const untilUs =
      config.readBehindUs > 0 ? this.place.clockUs - config.readBehindUs : Number.POSITIVE_INFINITY;
    return parts.map(({ room, after }) => {
      const table = tables[room] as Table;
      if (query === 'last') return { room, rows: [], last: table.lastKey() };
      return { room, rows: table.select(after as number, config.limit, untilUs), last: 0 };
    });
  }
}

/** The database's process for one connection. */
export class Backend implements WireOwner {
  readonly #database: Database;
  readonly #wire: Wire;
  readonly #actor: Actor;
  #query: Query | null = null;
  #answer: Answer = {};
  #row: Row | null = null;
  #sinceUs = 0;
  #turnUs = 0;
  #closed = false;

  /** @param welcome there is room for one more */
  constructor(database: Database, wire: Wire, welcome: boolean) {
    this.#database = database;
    this.#wire = wire;
    this.#actor = database.place.start<Backend>('backend', this, {}, wire.connection);
    if (welcome) return;
    wire.send('database.refused', 60, { refused: true } satisfies Answer);
    wire.end();
  }

  get #nowUs(): number {
    return this.#database.home.io.sim.kernel.nowUs;
  }

  received(content: unknown): void {
    const request = content as Request;
    if ('startUp' in request) {
      this.#wire.send('database.started-up', answerBytes(request), { startUp: request.startUp });
      return;
    }
    this.#query = request;
    this.#sinceUs = this.#nowUs;
    this.#actor.send({ type: 'query' });
  }

  queue(): void {
    this.#database.queue(this);
  }

  /** Its turn: a question sees what is committed now; a row has its id and its time from now on. */
  run(): void {
    const { config } = this.#database.home;
    const query = this.#query as Query;
    this.#turnUs = this.#nowUs;
    let runUs = config.insertUs;
    let openUs = 0;
    if (query.query === 'insert') openUs = this.#insert(query);
    else {
      const pages = this.#database.select(query);
      const rows = pages.reduce((sum, page) => sum + page.rows.length, 0);
      runUs = config.queryUs + rows * config.perRowUs;
      this.#answer = { pages };
    }
    this.#actor.send({ type: 'turn', runMs: runUs / 1000, openMs: openUs / 1000 });
  }

  /** @returns for how long the transaction stays open behind the INSERT, µs */
  #insert({ message, room, createdUs }: Extract<Query, { query: 'insert' }>): number {
    const { place, home } = this.#database;
    const { config, books, io } = home;
    this.#answer = {};
    this.#row = null;
    const before = config.uniqueKey ? books.rowOf(message) : undefined;
    // ON CONFLICT waits for whoever is at work on the same key.
    if (before !== undefined)
      return before.committedUs >= 0 ? 0 : Math.max(0, before.dueUs - this.#nowUs - config.insertUs) + 1;
    const slow = config.slowShare > 0 && place.random('transaction').uniform() < config.slowShare;
    const openUs = slow ? config.slowUs : 0;
    const clockUs = config.clock === 'database' ? place.clockUs : createdUs;
    this.#row = {
      id: books.nextId(),
      createdUs: Math.floor(clockUs / config.stepUs) * config.stepUs,
      room,
      message,
      bytes: io.bytesOf(message),
      committedUs: -1,
      dueUs: this.#nowUs + config.insertUs + openUs,
    };
    books.inserted(this.#row);
    return openUs;
  }

  release(): void {
    const { home, place } = this.#database;
    const tookUs = this.#nowUs - this.#turnUs;
    const queuedUs = this.#turnUs - this.#sinceUs;
    const { counts } = home.io;
    counts.busyUs += tookUs;
    counts.queuedPeakUs = Math.max(counts.queuedPeakUs, queuedUs);
    if (tookUs + queuedUs >= RECORDED_FROM_US) {
      const { trace } = home.io.sim;
      const what = trace.text(this.#query?.query === 'insert' ? 'INSERT' : 'SELECT');
      trace.add(KIND['place.worked'], this.#nowUs, place.number, what, queuedUs, tookUs);
    }
    this.#database.release();
  }

  /** The transaction is over, and the answer goes out. */
  finish(): void {
    const { books, io } = this.#database.home;
    if (this.#row !== null) books.committed(this.#row);
    this.#row = null;
    if (this.#closed) {
      this.#end();
      return;
    }
    const rows = (this.#answer.pages ?? []).flatMap((page) => page.rows);
    io.counts.forwarded += this.#query?.query === 'select' ? rows.length : 0;
    const what = this.#query?.query === 'insert' ? 'database.inserted' : 'database.rows';
    sendAnswer(
      this.#wire,
      rows.length === 0 && what === 'database.rows' ? 'database.nothing' : what,
      this.#answer,
    );
  }

  closed(_reason: CloseReason): void {
    this.#closed = true;
    if (this.#actor.state === 'idle') this.#end();
  }

  #end(): void {
    this.#database.leave(this);
    this.#actor.stop();
  }
}

export const BACKEND_EFFECTS = {
  queue: (backend: Backend) => backend.queue(),
  release: (backend: Backend) => backend.release(),
  finish: (backend: Backend) => backend.finish(),
};
