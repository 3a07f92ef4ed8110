import type { Actor, Place } from '../../engine/contract/place.ts';
import type { PollingServer } from './books.ts';
import type { Home } from './home.ts';
import type { Pool } from './pool.ts';
import type { Page, Part } from './protocol.ts';
import type { Row, Table } from './table.ts';

/** After a first question that failed. */
const RETRY_US = 100_000;

/** A server that polls: one statement for all rooms that its clients watch, each from a cursor of its own. */
export class Poller implements PollingServer {
  readonly place: Place;
  readonly wanted = new Set<number>();
  readonly #home: Home;
  readonly #pool: Pool;
  readonly #actor: Actor;
  /** Cursors on the server's disk, by room. */
  readonly #kept: Map<number, number>;
  /** By room; null: where to begin is being asked. */
  readonly #cursors = new Map<number, { key: number | null }>();
  readonly #since = new Map<number, number>();
  /** When in each interval it asks, µs. */
  readonly #phaseUs: number;
  #inbox: { row: Row; last: boolean }[] = [];
  #working = false;
  /** The answer is worked through. */
  #then: () => void = () => {};

  constructor(home: Home, place: Place, pool: Pool, kept: Map<number, number>) {
    this.#home = home;
    this.place = place;
    this.#pool = pool;
    this.#kept = kept;
    this.#phaseUs = Math.floor(place.random('phase').uniform() * this.#intervalUs);
    this.#actor = place.start<Poller>('poller', this);
  }

  get #intervalUs(): number {
    return Math.round(this.#home.config.intervalMs * 1000);
  }

  get #nowUs(): number {
    return this.#home.io.sim.kernel.nowUs;
  }

  sinceOf(room: number): number {
    return this.#since.get(room) ?? 0;
  }

  cursorOf(room: number): number | undefined {
    return this.#cursors.get(room)?.key ?? undefined;
  }

  watch(room: number): void {
    this.wanted.add(room);
    this.#since.set(room, this.#nowUs);
    const kept = this.#home.config.keepCursor ? this.#kept.get(room) : undefined;
    const atStart = this.#home.config.startFrom === 'beginning';
    this.#cursors.set(room, { key: kept ?? (atStart ? Number.NEGATIVE_INFINITY : null) });
    if (this.cursorOf(room) === undefined) this.#begin(room);
    else this.#actor.send({ type: 'wake' });
  }

  leave(room: number): void {
    this.wanted.delete(room);
    this.#cursors.delete(room);
    this.#kept.delete(room);
  }

  /** Asks where a room ends. */
  #begin(room: number): void {
    const cursor = this.#cursors.get(room);
    this.#pool.query({ query: 'last', parts: [{ room, after: null }] }, (answer) => {
      if (cursor === undefined || this.#cursors.get(room) !== cursor) return;
      if (answer === null) {
        this.place.later(RETRY_US, () => this.#cursors.get(room) === cursor && this.#begin(room));
        return;
      }
      const [{ last }] = answer.pages as [Page];
      this.#home.books.begins(this, room, last);
      cursor.key = last;
      this.#actor.send({ type: 'wake' });
    });
  }

  poll(): void {
    const parts = [...this.#cursors].flatMap(([room, { key }]): Part[] =>
      key === null ? [] : [{ room, after: key }],
    );
    if (parts.length === 0) {
      this.#actor.send({ type: 'nothing to ask' });
      return;
    }
    const overlapping = this.#home.config.schedule === 'overlapping';
    if (overlapping) this.#done(false);
    this.#pool.query({ query: 'select', parts }, (answer) => {
      const pages = answer?.pages ?? [];
      const full = pages.some(({ rows }) => rows.length === this.#home.config.limit);
      for (const page of pages) this.#take(page);
      if (overlapping) this.#work();
      else this.#workThen(() => this.#done(full));
    });
  }

  /** @param full there was more than fits on a page: the next question goes out at once */
  #done(full: boolean): void {
    const { schedule, intervalMs } = this.#home.config;
    const sincePhase =
      (((this.#nowUs - this.#phaseUs) % this.#intervalUs) + this.#intervalUs) % this.#intervalUs;
    const toTickMs = (this.#intervalUs - sincePhase) / 1000;
    this.#actor.send({
      type: 'done',
      waitMs: full ? 0 : schedule === 'after-answer' ? intervalMs : toTickMs,
    });
  }

  #take({ room, rows }: Page): void {
    const cursor = this.#cursors.get(room);
    const last = rows.at(-1);
    if (cursor === undefined || last === undefined) return;
    for (const row of rows) this.#inbox.push({ row, last: row === last });
    const to = (this.#home.tables[room] as Table).keyOf(last);
    // An answer to an older question, which was overtaken.
    if (cursor.key !== null && to < cursor.key) return;
    this.#home.books.moved(this, room, cursor.key ?? Number.NEGATIVE_INFINITY, to, rows);
    cursor.key = to;
  }

  #workThen(then: () => void): void {
    this.#then = then;
    this.#work();
  }

  /** Works through what has come, row by row; between two the server does what else there is to do. */
  #work(): void {
    if (this.#working) return;
    const next = this.#inbox[0];
    if (next === undefined) {
      const then = this.#then;
      this.#then = () => {};
      then();
      return;
    }
    this.#working = true;
    this.place.work(this.#home.io.receiveUs, 'message', () => {
      this.#working = false;
      this.#inbox.shift();
      this.#hand(next.row, next.last);
      this.#work();
    });
  }

  #hand(row: Row, last: boolean): void {
    const { io, books, config, tables } = this.#home;
    if (!this.wanted.has(row.room)) return;
    io.hand(this.place, row.message);
    const keeps = last && config.keepCursor;
    books.cursor(this.place, row, keeps);
    if (keeps) this.#kept.set(row.room, (tables[row.room] as Table).keyOf(row));
  }
}

export const POLLER_EFFECTS = { poll: (poller: Poller) => poller.poll() };
