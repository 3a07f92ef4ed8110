import { RowsBy } from '../../trace/rows.ts';
import { COLUMN, type Trace, type TraceHeader } from '../../trace/trace.ts';

const PUBLISHED = COLUMN['message.published'];
const DELIVERED = COLUMN['message.delivered'];
const READY = COLUMN['client.ready'];

interface Rows {
  /** Rows of `message.published` by room. */
  published: RowsBy;
  /** Rows of expected deliveries, and of readiness, by client. */
  delivered: RowsBy;
  ready: RowsBy;
}

const known = new WeakMap<Trace, Rows>();

function rowsOf(trace: Trace): Rows {
  let rows = known.get(trace);
  if (rows !== undefined) return rows;
  const [published, delivered, ready] = [
    trace.table('message.published'),
    trace.table('message.delivered'),
    trace.table('client.ready'),
  ];
  rows = {
    published: new RowsBy(published, (row) => published.get(row, PUBLISHED.room)),
    delivered: new RowsBy(delivered, (row) =>
      delivered.get(row, DELIVERED.expected) === 1 ? delivered.get(row, DELIVERED.client) : -1,
    ),
    ready: new RowsBy(ready, (row) => ready.get(row, READY.client)),
  };
  known.set(trace, rows);
  return rows;
}

/**
 * Updates that one client is expected to get and does not have: those of its rooms that were published since it was ready
 * for the first time.
 */
export function missingOf(trace: Trace, header: TraceHeader, client: number, nowUs: number): number {
  const { published, delivered, ready } = rowsOf(trace);
  const first = ready.of(client)[0];
  const readyUs = first === undefined ? Number.POSITIVE_INFINITY : trace.table('client.ready').atUs(first);
  if (readyUs > nowUs) return 0;
  const expected = (header.clients[client]?.rooms ?? []).reduce(
    (sum, room) => sum + published.countAt(room, nowUs) - published.countAt(room, readyUs - 1),
    0,
  );
  return Math.max(0, expected - delivered.countAt(client, nowUs));
}
