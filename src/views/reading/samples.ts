import { quickselect } from 'd3-array';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { RowsBy } from './rows-by.ts';

const DELIVERED = COLUMN['message.delivered'];

/** Up to here quantiles are exact; beyond, they are taken from a sample of every nth delivery. */
const EXACT = 20_000;

/** The latencies of expected deliveries, by a key of their client, as of any time. */
export class Samples {
  readonly #trace: Trace;
  readonly #rows: RowsBy;
  readonly #cache = new Map<string, { count: number; value: number }>();

  /** @param keyOf the key of a client; below 0: left out */
  constructor(trace: Trace, keyOf: (client: number) => number) {
    this.#trace = trace;
    const table = trace.table('message.delivered');
    this.#rows = new RowsBy(table, (row) =>
      table.get(row, DELIVERED.expected) === 1 ? keyOf(table.get(row, DELIVERED.client)) : -1,
    );
  }

  countAt(key: number, nowUs: number): number {
    return this.#rows.countAt(key, nowUs);
  }

  /** Rows of `message.delivered` of a key up to `nowUs`, the newest `most` of them, oldest first. */
  rowsAt(key: number, nowUs: number, most = Number.POSITIVE_INFINITY): number[] {
    const count = this.countAt(key, nowUs);
    return this.#rows.of(key).slice(Math.max(0, count - most), count) as number[];
  }

  /** Latencies up to `nowUs`, µs, oldest first: all of them, or every nth where there are more than {@link EXACT}. */
  valuesAt(key: number, nowUs: number): Float64Array {
    const count = this.countAt(key, nowUs);
    const step = Math.ceil(count / EXACT) || 1;
    const table = this.#trace.table('message.delivered');
    const rows = this.#rows.of(key);
    const values = new Float64Array(Math.ceil(count / step));
    for (let i = 0; i < values.length; i++)
      values[i] = table.get(rows[i * step] as number, DELIVERED.latencyUs);
    return values;
  }

  /** A quantile by nearest rank, as in the report, µs; null without a sample. */
  quantileAt(key: number, nowUs: number, share: number): number | null {
    const count = this.countAt(key, nowUs);
    if (count === 0) return null;
    const name = `${key}/${share}`;
    const known = this.#cache.get(name);
    if (known?.count === count) return known.value;
    const values = this.valuesAt(key, nowUs);
    const rank = Math.max(0, Math.ceil(share * values.length) - 1);
    quickselect(values, rank);
    const value = values[rank] as number;
    this.#cache.set(name, { count, value });
    return value;
  }
}
