import { RowsBy } from '../../trace/rows.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';

const ESTABLISHED = COLUMN['connection.established'];
const CLOSED = COLUMN['connection.closed'];

/**
 * Counts the connections that are open at one of their ends, at a time: openings and closings are counted apart, and
 * their difference is what is open.
 * @param down 0: at the end that opened them, 1: at the other
 * @param ownerOf whose a connection is; below 0: it is left out
 */
export function openEnds(
  trace: Trace,
  down: 0 | 1,
  ownerOf: (connection: number) => number,
): (owner: number, atUs: number) => number {
  const established = trace.table('connection.established');
  const closed = trace.table('connection.closed');
  const open = new Set<number>();
  const opened = new RowsBy(established, (row) => {
    if (established.get(row, ESTABLISHED.down) !== down) return -1;
    const connection = established.get(row, ESTABLISHED.connection);
    open.add(connection);
    return ownerOf(connection);
  });
  const over = new RowsBy(closed, (row) => {
    while (opened.readOn()); // whatever is closed here has been opened before
    const connection = closed.get(row, CLOSED.connection);
    // An attempt that failed is closed without ever having been open.
    return closed.get(row, CLOSED.down) === down && open.delete(connection) ? ownerOf(connection) : -1;
  });
  return (owner, atUs) => opened.countAt(owner, atUs) - over.countAt(owner, atUs);
}
