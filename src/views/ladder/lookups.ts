import { RowsBy } from '../../trace/rows.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';

const HELD = COLUMN['stream.held'];
const CLOSED = COLUMN['connection.closed'];

/** What a ladder looks up by whom it happened to, beside what all views do. Grows with the trace. */
export interface Lookups {
  /** Rows of `stream.held`, `connection.closed` by twice the connection, plus 1 for down (at the server). */
  held: RowsBy;
  closed: RowsBy;
  /** Rows of `name.resolved` by client. */
  resolved: RowsBy;
}

const known = new WeakMap<Trace, Lookups>();

/** The lookups of a trace. */
export function lookupsOf(trace: Trace): Lookups {
  let lookups = known.get(trace);
  if (lookups === undefined) {
    const held = trace.table('stream.held');
    const closed = trace.table('connection.closed');
    const resolved = trace.table('name.resolved');
    lookups = {
      held: new RowsBy(held, (row) => held.get(row, HELD.connection) * 2 + held.get(row, HELD.down)),
      closed: new RowsBy(
        closed,
        (row) => closed.get(row, CLOSED.connection) * 2 + closed.get(row, CLOSED.down),
      ),
      resolved: new RowsBy(resolved, (row) => resolved.get(row, COLUMN['name.resolved'].client)),
    };
    known.set(trace, lookups);
  }
  return lookups;
}
