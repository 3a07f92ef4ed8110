import type { BackplaneIo } from '../../engine/contract/backplane.ts';
import type { Place } from '../../engine/contract/place.ts';
import { KIND } from '../../engine/contract/sim.ts';
import type { Row, Table } from './table.ts';

/** A server that polls, as far as the books look into it. */
export interface PollingServer {
  readonly place: Place;
  readonly wanted: ReadonlySet<number>;
  /** When the server began to watch a room, µs. */
  sinceOf(room: number): number;
  /** Its cursor, if it has one; undefined: it does not know where to begin. */
  cursorOf(room: number): number | undefined;
}

const BEHIND = 'it became visible behind the server’s cursor';

/**
 * Takes down what happens for the record. It sees all processes at once, which none of them does, and so can say where
 * a message ended that nobody will miss until it is too late.
 */
export class Books {
  readonly servers = new Map<Place, PollingServer>();
  /** Messages that their source will try again to write. */
  readonly held = new Set<number>();
  readonly #io: BackplaneIo;
  readonly #tables: readonly Table[];
  readonly #rows = new Map<number, Row>();
  #ids = 0;

  constructor(io: BackplaneIo, tables: readonly Table[]) {
    this.#io = io;
    this.#tables = tables;
  }

  get #database(): Place {
    return this.#io.nodes[0] as Place;
  }

  /** A sequence: what is rolled back leaves a gap. */
  nextId(): number {
    return ++this.#ids;
  }

  /** The first row of a message. */
  rowOf(message: number): Row | undefined {
    return this.#rows.get(message);
  }

  inserted(row: Row): void {
    if (!this.#rows.has(row.message)) this.#rows.set(row.message, row);
    (this.#tables[row.room] as Table).insert(row);
  }

  committed(row: Row): void {
    const { trace, kernel } = this.#io.sim;
    row.committedUs = kernel.nowUs;
    this.#io.counts.appended++;
    const { room, id, message } = row;
    trace.add(
      KIND['entry.appended'],
      kernel.nowUs,
      this.#database.number,
      room,
      0,
      id,
      this.#io.messageOf(message),
    );
    for (const server of this.servers.values()) {
      const cursor = server.cursorOf(room);
      if (cursor === undefined || !server.wanted.has(room)) continue;
      if ((this.#tables[room] as Table).isBehind(row, cursor)) this.#drop(message, server.place, BEHIND);
    }
  }

  /** The database crashed: transactions that were open never were. */
  rolledBack(rows: readonly Row[]): void {
    for (const row of rows) {
      if (this.#rows.get(row.message) === row) this.#rows.delete(row.message);
      if (!this.held.has(row.message)) this.#drop(row.message, null, 'rolled back in the database’s crash');
    }
  }

  /** A server's cursor moves on past rows: those that it has not read it never will. */
  moved(server: PollingServer, room: number, from: number, to: number, read: readonly Row[]): void {
    const seen = new Set(read);
    for (const row of (this.#tables[room] as Table).passed(from, to))
      if (!seen.has(row) && row.committedUs >= server.sinceOf(room))
        this.#drop(row.message, server.place, BEHIND);
  }

  /** A server begins to read a room behind rows that it would have liked to have. */
  begins(server: PollingServer, room: number, cursor: number): void {
    const table = this.#tables[room] as Table;
    for (const row of table.passed(Number.NEGATIVE_INFINITY, cursor))
      if (row.committedUs >= server.sinceOf(room))
        this.#drop(row.message, server.place, 'the server began to read behind it');
  }

  /** Where a server's cursor stands; `kept`: it will begin there after a crash. */
  cursor(server: Place, row: Row, kept: boolean): void {
    const { trace, kernel } = this.#io.sim;
    const flag = kept ? 1 : 0;
    trace.add(KIND['cursor.moved'], kernel.nowUs, server.number, row.room, 0, server.index, row.id + 1, flag);
  }

  #drop(message: number, server: Place | null, reason: string): void {
    this.#io.drop(message, this.#database, server, reason);
  }
}
