import type { Backplane, BackplaneIo, BackplanePlugin, Options } from '../../engine/contract/backplane.ts';
import type { Place } from '../../engine/contract/place.ts';
import { backendMachine } from './backend.machine.ts';
import { Books } from './books.ts';
import { configOf } from './config.ts';
import { BACKEND_EFFECTS, Database } from './database.ts';
import type { Home } from './home.ts';
import { databasePollingManifest } from './manifest.ts';
import { pollerMachine } from './poller.machine.ts';
import { POLLER_EFFECTS, Poller } from './poller.ts';
import { connectionMachine } from './pool.machine.ts';
import { CONNECTION_EFFECTS, type Pool } from './pool.ts';
import { type Row, Table } from './table.ts';
import { Writer } from './writer.ts';

/** A database that sources write to, and that every server asks again and again. */
class DatabasePolling implements Backplane {
  readonly #home: Home;
  readonly #pollers = new Map<Place, Poller>();
  readonly #writers = new Map<Place, Writer>();
  /** Cursors on the servers' disks, by server. */
  readonly #kept: Map<number, number>[];

  constructor(io: BackplaneIo, options: Options) {
    const config = configOf(options);
    const key = config.cursor === 'id' ? ({ id }: Row) => id : ({ createdUs }: Row) => createdUs;
    const tables = io.rooms.map(() => new Table(key, config.cursor === 'timestamp-inclusive'));
    this.#home = { io, config, books: new Books(io, tables), tables };
    this.#kept = io.servers.map(() => new Map());
  }

  offer(source: Place): boolean {
    return source.up;
  }

  publish(message: number, source: Place): void {
    this.#home.io.counts.published++;
    this.#writers.get(source)?.publish(message);
  }

  subscribe(server: Place, room: number): void {
    this.#pollers.get(server)?.watch(room);
  }

  unsubscribe(server: Place, room: number): void {
    this.#pollers.get(server)?.leave(room);
  }

  started(place: Place): void {
    if (place.kind === 'node') {
      new Database(this.#home, place);
      return;
    }
    const writer = new Writer(this.#home, place);
    this.#writers.set(place, writer);
    if (place.kind !== 'server') return;
    const kept = this.#kept[place.index] as Map<number, number>;
    const poller = new Poller(this.#home, place, writer.pool, kept);
    this.#pollers.set(place, poller);
    this.#home.books.servers.set(place, poller);
  }

  stopped(place: Place): void {
    if (place.kind === 'node')
      for (const table of this.#home.tables) this.#home.books.rolledBack(table.rollBack());
    this.#writers.get(place)?.die();
    this.#writers.delete(place);
    this.#pollers.delete(place);
    this.#home.books.servers.delete(place);
  }

  replay(server: Place, room: number, after: number, give: (messages: readonly number[]) => void): void {
    const pool = this.#writers.get(server)?.pool;
    if (pool !== undefined) replayFrom(this.#home, pool, room, after, give);
  }
}

/** Asks for what a room has behind a message, page by page; of one that has no row there, by its number. */
function replayFrom(
  { books, config, tables }: Home,
  pool: Pool,
  room: number,
  after: number,
  give: (messages: readonly number[]) => void,
): void {
  const table = tables[room] as Table;
  const known = books.rowOf(after);
  const start = known?.room === room ? table.keyOf(known) : null;
  const messages = new Set<number>();
  const read = (from: number) =>
    pool.query({ query: 'replay', parts: [{ room, after: from }] }, (answer) => {
      if (answer === null) return;
      const rows = answer.pages?.[0]?.rows ?? [];
      for (const { message } of rows)
        if (message !== after && (start !== null || message > after)) messages.add(message);
      const last = rows.at(-1);
      const next = last === undefined ? from : table.keyOf(last);
      if (rows.length < config.limit || next === from) give([...messages]);
      else read(next);
    });
  read(start ?? Number.NEGATIVE_INFINITY);
}

export const databasePolling: BackplanePlugin = {
  manifest: databasePollingManifest,
  roles: {
    connection: { machine: connectionMachine, effects: CONNECTION_EFFECTS },
    backend: { machine: backendMachine, effects: BACKEND_EFFECTS },
    poller: { machine: pollerMachine, effects: POLLER_EFFECTS },
  },
  create: (io, options) => new DatabasePolling(io, options),
};
