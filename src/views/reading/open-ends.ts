import { RowsBy } from '../../trace/rows.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';

const ESTABLISHED = COLUMN['connection.established'];
const CLOSED = COLUMN['connection.closed'];

/**
 * Counts the connections that are open at one of their ends, at a time: openings and closings are counted apart, and
 * their difference is what is open.
 * @param down 0: at the end that opened them, 1: at the other
 * @param ownerOf whose a connection is that is established at a time, whatever is known of later; below 0: left out
 */
export function openEnds(
  trace: Trace,
  down: 0 | 1,
  ownerOf: (connection: number, atUs: number) => number,
): (owner: number, atUs: number) => number {
  const established = trace.table('connection.established');
  const closed = trace.table('connection.closed');
  const owners = new Map<number, number>();
  const opened = new RowsBy(established, (row) => {
    if (established.get(row, ESTABLISHED.down) !== down) return -1;
    const connection = established.get(row, ESTABLISHED.connection);
    const owner = ownerOf(connection, established.atUs(row));
    owners.set(connection, owner);
    return owner;
  });
  const over = new RowsBy(closed, (row) => {
    while (opened.readOn()); // whatever is closed here has been opened before
    if (closed.get(row, CLOSED.down) !== down) return -1;
    const connection = closed.get(row, CLOSED.connection);
    // An attempt that failed is closed without ever having been open.
    const owner = owners.get(connection) ?? -1;
    owners.delete(connection);
    return owner;
  });
  return (owner, atUs) => opened.countAt(owner, atUs) - over.countAt(owner, atUs);
}
