import { firstIndex } from '../../trace/search.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { readingOf } from './reading.ts';

const ESTABLISHED = COLUMN['connection.established'];
const CLOSED = COLUMN['connection.closed'];
const ATTEMPT = COLUMN['connection.attempted'];

/** When a client came to be connected (1) or ceased to be (-1). */
interface Change {
  client: number;
  atUs: number;
  by: 1 | -1;
}

/** When clients of a crowd came or went, and how many of them were connected from then on. */
interface Crowd {
  members: Set<number>;
  /** Changes that have been looked at. */
  read: number;
  atUs: number[];
  count: number[];
}

/**
 * How many clients of a crowd have a connection, at any time: each row is looked at once, and once more for each crowd
 * that is asked about. After that a question costs the rows that are new and O(log n), however many clients there are.
 */
export class Connected {
  readonly #trace: Trace;
  readonly #changes: Change[] = [];
  readonly #crowds = new WeakMap<readonly number[], Crowd>();
  /** Connections that are open at each client, and whether a connection is. */
  readonly #open = new Map<number, number>();
  readonly #seen = new Set<number>();
  #established = 0;
  #closed = 0;

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  /**
   * Clients of a crowd that have a connection at a time.
   * @param clients their numbers; the same array each time, which is not changed meanwhile
   */
  among(clients: readonly number[], nowUs: number): number {
    this.#grow();
    const crowd = this.#crowdOf(clients);
    for (; crowd.read < this.#changes.length; crowd.read++) {
      const { client, atUs, by } = this.#changes[crowd.read] as Change;
      if (!crowd.members.has(client)) continue;
      crowd.count.push((crowd.count.at(-1) ?? 0) + by);
      crowd.atUs.push(atUs);
    }
    return crowd.count[firstIndex(crowd.atUs, (atUs) => atUs > nowUs) - 1] ?? 0;
  }

  #crowdOf(clients: readonly number[]): Crowd {
    let crowd = this.#crowds.get(clients);
    if (crowd === undefined)
      this.#crowds.set(clients, (crowd = { members: new Set(clients), read: 0, atUs: [], count: [] }));
    return crowd;
  }

  /** Goes through openings and closings in the order of their seq. */
  #grow(): void {
    const established = this.#trace.table('connection.established');
    const closed = this.#trace.table('connection.closed');
    for (;;) {
      const a = this.#established < established.length ? established.get(this.#established, 0) : Infinity;
      const b = this.#closed < closed.length ? closed.get(this.#closed, 0) : Infinity;
      if (a === Infinity && b === Infinity) return;
      if (a < b) {
        const row = this.#established++;
        if (established.get(row, ESTABLISHED.down) !== 0) continue;
        const connection = established.get(row, ESTABLISHED.connection);
        this.#seen.add(connection);
        this.#step(connection, 1, established.atUs(row));
      } else {
        const row = this.#closed++;
        const connection = closed.get(row, CLOSED.connection);
        if (closed.get(row, CLOSED.down) === 0 && this.#seen.delete(connection))
          this.#step(connection, -1, closed.atUs(row));
      }
    }
  }

  #step(connection: number, by: 1 | -1, atUs: number): void {
    const attempt = readingOf(this.#trace).attemptOf(connection);
    const client = attempt < 0 ? -1 : this.#trace.table('connection.attempted').get(attempt, ATTEMPT.client);
    if (client < 0) return;
    const before = this.#open.get(client) ?? 0;
    this.#open.set(client, before + by);
    if (before > 0 !== before + by > 0) this.#changes.push({ client, atUs, by });
  }
}

const known = new WeakMap<Trace, Connected>();

/** Of a trace: one for all views. */
export function connectedOf(trace: Trace): Connected {
  let found = known.get(trace);
  if (found === undefined) known.set(trace, (found = new Connected(trace)));
  return found;
}
