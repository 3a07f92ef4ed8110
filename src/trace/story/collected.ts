import { nextOver } from '../routes.ts';
import { COLUMN } from '../trace.ts';
import { collectorOf } from './balancer-leg.ts';
import { type Lookup, way } from './lookup.ts';

const TERM = 'streaming and buffering';

/**
 * Why a client has nothing of a stream that the server has begun to send: it lies with whoever collects it.
 * @returns '': it does not lie there
 */
export function whyCollected(lookup: Lookup, client: number, nowUs = lookup.trace.knownUntilUs): string {
  const { trace, attempts, units } = lookup;
  const attempt = attempts.lastAt(client, nowUs);
  if (collectorOf(trace, client) === '' || attempt < 0) return '';
  const { connection } = COLUMN['connection.attempted'];
  const own = trace.table('connection.attempted').get(attempt, connection);
  const asked = units.of(way(own, 0))[0];
  if (asked === undefined || isClosed(lookup, own, nowUs)) return '';
  if (units.between(way(own, 1), 0, nowUs).length > 0) return '';
  // What it answers on may have served others before.
  const askedUs = trace.table('unit.sent').atUs(asked);
  const began = (over: number) => units.between(way(over, 1), askedUs, nowUs).length > 0;
  // Of several that pass it on, it lies with the first, seen from the client, that has something.
  let over = nextOver(trace, own, nowUs);
  let at = trace.header?.proxy?.reads ? 'the proxy' : 'the load balancer';
  while (over !== 0 && !began(over)) {
    over = nextOver(trace, over, nowUs);
    at = 'the load balancer';
  }
  if (over === 0) return '';
  const until = at === 'the proxy' ? 'it is whole, as a stream never is' : 'there is enough of it';
  return `${at} has the beginning of its answer, and passes none of it on before ${until}`;
}

function isClosed(lookup: Lookup, connection: number, nowUs: number): boolean {
  const row = lookup.closedRow(connection, 0);
  return row >= 0 && lookup.trace.table('connection.closed').atUs(row) <= nowUs;
}

/** The rule behind it. */
export const termOfCollecting = (why: string): string => (why === '' ? '' : TERM);
