import type { Place } from '../../engine/contract/place.ts';
import type { Home } from './home.ts';
import { Pool } from './pool.ts';
import type { Query } from './protocol.ts';

/** Before a statement is tried again. */
const RETRY_US = 100_000;

/** A process that writes rows. */
export class Writer {
  readonly pool: Pool;
  readonly #home: Home;
  readonly #place: Place;
  #waiting: number[] = [];
  /** Rows that are not confirmed. */
  readonly #open = new Set<number>();

  constructor(home: Home, place: Place) {
    this.#home = home;
    this.#place = place;
    this.pool = new Pool(home, place, (query) => this.#lost(query));
  }

  publish(message: number): void {
    if (this.#home.config.retry) this.#home.books.held.add(message);
    this.#waiting.push(message);
    this.#next();
  }

  #next(): void {
    while (this.#waiting.length > 0 && !(this.#home.config.inOrder && this.#open.size > 0)) {
      const message = this.#waiting.shift() as number;
      this.#open.add(message);
      this.#insert(message, this.#place.clockUs);
    }
  }

  #insert(message: number, createdUs: number): void {
    const { io, config, books } = this.#home;
    this.pool.query({ query: 'insert', message, room: io.roomOf(message), createdUs }, (answer) => {
      if (answer === null && config.retry) {
        io.counts.redelivered++;
        this.#place.later(RETRY_US, () => this.#insert(message, createdUs));
        return;
      }
      if (answer === null) this.#drop(message, 'connection to the database lost, and not tried again');
      books.held.delete(message);
      this.#open.delete(message);
      this.#next();
    });
  }

  /** The process died: what it had not sent dies with it. */
  die(): void {
    const { books } = this.#home;
    for (const message of [...this.#waiting, ...this.#open]) books.held.delete(message);
    const unsent = this.pool.waiting.flatMap(({ query }) =>
      query.query === 'insert' ? [query.message] : [],
    );
    const retrying = [...this.#open].filter((message) => !this.pool.isUnderWay(message));
    for (const message of new Set([...this.#waiting, ...unsent, ...retrying]))
      this.#drop(message, 'publisher crashed');
  }

  #lost(query: Query): void {
    if (query.query !== 'insert' || this.#place.up) return;
    this.#drop(query.message, 'publisher crashed');
  }

  #drop(message: number, reason: string): void {
    if (this.#home.books.rowOf(message) === undefined) this.#home.io.drop(message, this.#place, null, reason);
  }
}
