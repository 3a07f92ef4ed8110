import { firstIndex } from '../../trace/story/rows.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { readingOf } from './reading.ts';

const ESTABLISHED = COLUMN['connection.established'];
const CLOSED = COLUMN['connection.closed'];
const ATTEMPT = COLUMN['connection.attempted'];

/** When clients of a group came to be connected and ceased to be, and how many were from then on. */
interface Steps {
  atUs: number[];
  count: number[];
}

/**
 * How many clients of each group have a connection, at any time: a crowd is counted without a look at each of it. Every
 * row is looked at once.
 */
export class Connected {
  readonly #trace: Trace;
  readonly #groups = new Map<string, Steps>();
  /** Connections that are open at each client, and whether a connection is. */
  readonly #open = new Map<number, number>();
  readonly #seen = new Set<number>();
  #established = 0;
  #closed = 0;

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  /** Clients of a group that have a connection at a time. */
  at(group: string, nowUs: number): number {
    this.#grow();
    const steps = this.#groups.get(group);
    if (steps === undefined) return 0;
    return steps.count[firstIndex(steps.atUs, (atUs) => atUs > nowUs) - 1] ?? 0;
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
    if (before > 0 === before + by > 0) return;
    const group = this.#trace.header?.clients[client]?.group ?? '';
    let steps = this.#groups.get(group);
    if (steps === undefined) this.#groups.set(group, (steps = { atUs: [], count: [] }));
    steps.count.push((steps.count.at(-1) ?? 0) + by);
    steps.atUs.push(atUs);
  }
}

const known = new WeakMap<Trace, Connected>();

/** Of a trace: one for all views. */
export function connectedOf(trace: Trace): Connected {
  let found = known.get(trace);
  if (found === undefined) known.set(trace, (found = new Connected(trace)));
  return found;
}
