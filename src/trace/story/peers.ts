import { COLUMN, type Trace } from '../trace.ts';

const ATTEMPT = COLUMN['peer.attempted'];
const STARTED = COLUMN['role.started'];

/** The places at the ends of a connection of hop 2, the one that opened it first; null: it is no such connection. */
export function peersOf(trace: Trace, connection: number): [number, number] | null {
  const table = trace.table('peer.attempted');
  const row = table.rowOf(ATTEMPT.connection, connection);
  return row < 0 ? null : [table.get(row, ATTEMPT.place), table.get(row, ATTEMPT.peer)];
}

/** A machine of the backplane: its role, its place and the connection that it serves; null: it is another's. */
export function roleOf(
  trace: Trace,
  actor: number,
): { role: string; place: number; connection: number; startedUs: number } | null {
  const table = trace.table('role.started');
  const row = table.rowOf(STARTED.actor, actor);
  if (row < 0) return null;
  return {
    role: trace.strings[table.get(row, STARTED.role)] ?? '',
    place: table.get(row, STARTED.place),
    connection: table.get(row, STARTED.connection),
    startedUs: table.atUs(row),
  };
}
