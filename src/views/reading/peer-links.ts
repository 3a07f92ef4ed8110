import { peersOf } from '../../trace/story/peers.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { RowsBy } from './rows-by.ts';

const ESTABLISHED = COLUMN['connection.established'];
const CLOSED = COLUMN['connection.closed'];

/** Connections of hop 2 by the link that they run over. */
export interface PeerLinks {
  /** How many are open at the end that opened them, at a time. */
  openAt(link: number, nowUs: number): number;
  /** The link between two places, in either order; -1: there is none. */
  between(a: number, b: number): number;
}

const known = new WeakMap<Trace, PeerLinks>();

/** The connections of hop 2 of a trace: one reading for all views. */
export function peerLinksOf(trace: Trace): PeerLinks {
  let found = known.get(trace);
  if (found === undefined) known.set(trace, (found = read(trace)));
  return found;
}

function read(trace: Trace): PeerLinks {
  const places = trace.header?.places.length ?? 0;
  const links = new Map<number, number>();
  const key = (a: number, b: number) => Math.min(a, b) * places + Math.max(a, b);
  trace.header?.links.forEach(({ kind, from, to }, link) => {
    if (kind === 'backplane') links.set(key(from, to), link);
  });
  const between = (a: number, b: number) => links.get(key(a, b)) ?? -1;
  const linkOf = (connection: number) => {
    const peers = peersOf(trace, connection);
    return peers === null ? -1 : between(...peers);
  };
  const established = trace.table('connection.established');
  const closed = trace.table('connection.closed');
  const seen = new Set<number>();
  const opened = new RowsBy(established, (row) => {
    if (established.get(row, ESTABLISHED.down) !== 0) return -1;
    const connection = established.get(row, ESTABLISHED.connection);
    seen.add(connection);
    return linkOf(connection);
  });
  const over = new RowsBy(closed, (row) => {
    const connection = closed.get(row, CLOSED.connection);
    // An attempt that failed is closed without ever having been open.
    return closed.get(row, CLOSED.down) === 0 && seen.delete(connection) ? linkOf(connection) : -1;
  });
  return { openAt: (link, nowUs) => opened.countAt(link, nowUs) - over.countAt(link, nowUs), between };
}
