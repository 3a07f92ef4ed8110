import { RowsOf } from './rows.ts';
import { COLUMN, type Trace } from './trace.ts';

const CHOSEN = COLUMN['route.chosen'];

const routes = new WeakMap<Trace, RowsOf>();

/** Row of `route.chosen`: the last choice that was made for a connection up to a time; -1: none. */
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

/** The connection of a client that one of a load balancer's or a proxy's own serves at a time; 0: none. */
export function clientPassedTo(trace: Trace, over: number, atUs: number): number {
  const table = trace.table('route.chosen');
  let rows = passed.get(trace);
  if (rows === undefined) {
    rows = new RowsOf(table, (row, put) => put(table.get(row, CHOSEN.over)));
    passed.set(trace, rows);
  }
  const row = rows.lastAt(over, atUs);
  if (row < 0) return 0;
  const connection = table.get(row, CHOSEN.connection);
  // What a load balancer serves may be a proxy's own, which serves a client's.
  return clientPassedTo(trace, connection, atUs) || connection;
}

/** The server that what is on a client's connection goes to, as far as one has been chosen; else -1. */
export function chosenServer(trace: Trace, connection: number, atUs = trace.knownUntilUs): number {
  const row = choiceAt(trace, connection, atUs);
  if (row < 0) return -1;
  const table = trace.table('route.chosen');
  const server = table.get(row, CHOSEN.server);
  return server >= 0 ? server : chosenServer(trace, table.get(row, CHOSEN.over), atUs);
}

/** The own connection of whoever is last before the server that carries on what is on a client's; 0: the same one. */
export function passedOver(trace: Trace, connection: number, atUs: number): number {
  const over = nextOver(trace, connection, atUs);
  return over === 0 ? 0 : passedOver(trace, over, atUs) || over;
}

/** The own connection of whoever is next that carries on what is on a connection at a time; 0: none, or the same one. */
export function nextOver(trace: Trace, connection: number, atUs: number): number {
  const row = choiceAt(trace, connection, atUs);
  return row < 0 ? 0 : trace.table('route.chosen').get(row, CHOSEN.over);
}

/**
 * The server at the end of a connection.
 * @param attempted the server that it was opened to, -1: to a load balancer; or PROXY
 * @param atUs when; a load balancer that has forgotten a connection may choose another server for its next SYN
 * @returns -1: it ends at the load balancer, or that had not chosen yet; or PROXY
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
  return row >= 0 && table.get(row, CHOSEN.over) === 0 ? table.get(row, CHOSEN.server) : attempted;
}

/** Whether a load balancer passes packets of a client's connection on: what a server sends reaches it first. */
export const passesPackets = ({ header }: Trace): boolean =>
  header?.loadBalancer?.layer === 4 && !header.proxy?.reads;
