import { COLUMN, type Trace } from '../trace.ts';

const ATTEMPT = COLUMN['peer.attempted'];
const STARTED = COLUMN['role.started'];

/** The row whose `column` is `id`, in a table in which that column only rises; -1: none. */
function rowOf(trace: Trace, kind: 'peer.attempted' | 'role.started', column: number, id: number): number {
  const table = trace.table(kind);
  let low = 0;
  let high = table.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (table.get(middle, column) < id) low = middle + 1;
    else high = middle;
  }
  return low < table.length && table.get(low, column) === id ? low : -1;
}

/** The places at the ends of a connection of hop 2, the one that opened it first; null: it is no such connection. */
export function peersOf(trace: Trace, connection: number): [number, number] | null {
  const row = rowOf(trace, 'peer.attempted', ATTEMPT.connection, connection);
  const table = trace.table('peer.attempted');
  return row < 0 ? null : [table.get(row, ATTEMPT.place), table.get(row, ATTEMPT.peer)];
}

/** A machine of the backplane: its role, its place and the connection that it serves; null: it is another's. */
export function roleOf(
  trace: Trace,
  actor: number,
): { role: string; place: number; connection: number; startedUs: number } | null {
  const row = rowOf(trace, 'role.started', STARTED.actor, actor);
  if (row < 0) return null;
  const table = trace.table('role.started');
  return {
    role: trace.strings[table.get(row, STARTED.role)] ?? '',
    place: table.get(row, STARTED.place),
    connection: table.get(row, STARTED.connection),
    startedUs: table.atUs(row),
  };
}
