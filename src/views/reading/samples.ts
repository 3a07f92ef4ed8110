import { type Follower, follow } from '../../trace/ahead.ts';
import { RowsBy } from '../../trace/rows.ts';
import { COLUMN, type Trace, type TraceHeader } from '../../trace/trace.ts';
import { SortedValues } from './sorted-values.ts';

const DELIVERED = COLUMN['message.delivered'];

/** Up to here quantiles are exact; beyond, they are taken from a sample: of every n deliveries in a row, one by lot. */
const EXACT = 20_000;

/**
 * Which of `step` deliveries in a row is taken. Not always the same: clients get an update one after the other, so that
 * every nth delivery would be one client's, and those to others would be left out.
 */
function lot(block: number, step: number): number {
  let x = Math.imul(block + 1, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  return ((x ^ (x >>> 13)) >>> 0) % step;
}

/** The latencies of expected deliveries, by a key of their client, as of any time. */
export class Samples implements Follower {
  readonly #trace: Trace;
  readonly #rows: RowsBy;
  /** By key, and by the step between those that are taken. */
  readonly #sorted = new Map<number, SortedValues[]>();
  /** By key, the first step that has not been sorted ahead. */
  readonly #ranked = new Map<number, number>();

  /** @param keyOf the key of a client; below 0: left out */
  constructor(trace: Trace, keyOf: (client: number) => number) {
    this.#trace = trace;
    const table = trace.table('message.delivered');
    this.#rows = new RowsBy(table, (row) =>
      table.get(row, DELIVERED.expected) === 1 ? keyOf(table.get(row, DELIVERED.client)) : -1,
    );
    follow(table, this);
  }

  countAt(key: number, nowUs: number): number {
    return this.#rows.countAt(key, nowUs);
  }

  /** All rows of `message.delivered` of a key, oldest first. */
  rows(key: number): readonly number[] {
    return this.#rows.of(key);
  }

  /** Rows of `message.delivered` of a key up to `nowUs`, the newest `most` of them, oldest first. */
  rowsAt(key: number, nowUs: number, most = Number.POSITIVE_INFINITY): number[] {
    const count = this.countAt(key, nowUs);
    return this.#rows.of(key).slice(Math.max(0, count - most), count) as number[];
  }

  /** The row of a delivery among those of a key up to `nowUs`, or -1. */
  rowOf(key: number, nowUs: number, message: number, client: number): number {
    const table = this.#trace.table('message.delivered');
    const rows = this.#rows.of(key);
    // Messages arrive nearly in their order, so what is looked for is usually near the end.
    for (let i = this.countAt(key, nowUs) - 1; i >= 0; i--) {
      const row = rows[i] as number;
      if (table.get(row, DELIVERED.message) === message && table.get(row, DELIVERED.client) === client)
        return row;
    }
    return -1;
  }

  /**
   * Latencies up to `nowUs`, µs, ascending: all of them, or a sample where there are more than {@link EXACT}. Valid
   * until the next call with this key.
   */
  sortedAt(key: number, nowUs: number): Float64Array {
    const count = this.countAt(key, nowUs);
    const step = Math.ceil(count / EXACT) || 1;
    let sorted = this.#sorted.get(key);
    if (sorted === undefined) this.#sorted.set(key, (sorted = []));
    return (sorted[step] ??= this.#oneOf(step, key)).first(Math.floor(count / step));
  }

  /** Sorts one of the samples that have all they will ever have, of a key that was asked for. */
  readOn(): boolean {
    for (const [key, sorted] of this.#sorted) {
      const step = this.#ranked.get(key) ?? 1;
      const { length } = this.#rows.of(key);
      if (step > Math.ceil(length / EXACT) || (length < EXACT * step && !this.#isOver())) continue;
      (sorted[step] ??= this.#oneOf(step, key)).rank();
      this.#ranked.set(key, step + 1);
      return true;
    }
    return false;
  }

  /** A quantile by nearest rank, as in the report, µs; null without a sample. */
  quantileAt(key: number, nowUs: number, share: number): number | null {
    const values = this.sortedAt(key, nowUs);
    return values[Math.max(0, Math.ceil(share * values.length) - 1)] ?? null;
  }

  /** Whether the run is known to its end. */
  #isOver(): boolean {
    return this.#trace.knownUntilUs >= (this.#trace.header?.endUs ?? Number.POSITIVE_INFINITY);
  }

  #oneOf(step: number, key: number): SortedValues {
    const table = this.#trace.table('message.delivered');
    return new SortedValues(
      (index) =>
        table.get(this.#rows.of(key)[index * step + lot(index, step)] as number, DELIVERED.latencyUs),
      () => Math.min(EXACT, Math.floor(this.#rows.of(key).length / step)),
    );
  }
}

/** Names of a header's groups in their order, and the index of the group of each client. */
export function groupsOf(header: TraceHeader): { names: string[]; ofClient: number[] } {
  const names = [...new Set(header.clients.map(({ group }) => group))];
  const indexes = new Map(names.map((name, index) => [name, index]));
  return { names, ofClient: header.clients.map(({ group }) => indexes.get(group) ?? -1) };
}

const known = new WeakMap<Trace, { header: TraceHeader; samples: Samples }>();

/** The samples of a trace by index of the group: one for all views. */
export function samplesOf(trace: Trace, header: TraceHeader): Samples {
  let found = known.get(trace);
  if (found?.header !== header) {
    const { ofClient } = groupsOf(header);
    found = { header, samples: new Samples(trace, (client) => ofClient[client] ?? -1) };
    known.set(trace, found);
  }
  return found.samples;
}
