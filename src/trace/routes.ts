import { RowsOf } from './rows.ts';
import { COLUMN, type Trace } from './trace.ts';

const CHOSEN = COLUMN['route.chosen'];

const routes = new WeakMap<Trace, RowsOf>();

/** Row of `route.chosen`: the last choice that a load balancer made for a connection up to a time; -1: none. */
function choiceAt(trace: Trace, connection: number, atUs: number): number {
  let rows = routes.get(trace);
  if (rows === undefined) {
    const table = trace.table('route.chosen');
    rows = new RowsOf(table, (row, put) => put(table.get(row, CHOSEN.connection)));
    routes.set(trace, rows);
  }
  return rows.lastAt(connection, atUs);
}

const passed = new WeakMap<Trace, RowsOf>();

/** The connection of a client that a load balancer's own connection to a server serves at a time; 0: none. */
export function clientPassedTo(trace: Trace, over: number, atUs: number): number {
  const table = trace.table('route.chosen');
  let rows = passed.get(trace);
  if (rows === undefined) {
    rows = new RowsOf(table, (row, put) => put(table.get(row, CHOSEN.over)));
    passed.set(trace, rows);
  }
  const row = rows.lastAt(over, atUs);
  return row < 0 ? 0 : table.get(row, CHOSEN.connection);
}

/** The server that what is on a client's connection goes to, as far as a load balancer has chosen one; else -1. */
export function chosenServer(trace: Trace, connection: number, atUs = trace.knownUntilUs): number {
  const row = choiceAt(trace, connection, atUs);
  return row < 0 ? -1 : trace.table('route.chosen').get(row, CHOSEN.server);
}

/** The load balancer's own connection that carries on what is on a client's at a time; 0: none, or the same one. */
export function passedOver(trace: Trace, connection: number, atUs: number): number {
  const row = choiceAt(trace, connection, atUs);
  return row < 0 ? 0 : trace.table('route.chosen').get(row, CHOSEN.over);
}

/**
 * The server at the end of a connection.
 * @param attempted the server that it was opened to, -1: to a load balancer
 * @param atUs when; a load balancer that has forgotten a connection may choose another server for its next SYN
 * @returns -1: it ends at the load balancer, or that had not chosen yet
 */
export function endServer(
  trace: Trace,
  connection: number,
  attempted: number,
  atUs = trace.knownUntilUs,
): number {
  if (attempted >= 0) return attempted;
  const row = choiceAt(trace, connection, atUs);
  const table = trace.table('route.chosen');
  return row >= 0 && table.get(row, CHOSEN.over) === 0 ? table.get(row, CHOSEN.server) : -1;
}
