import { passedOver } from '../routes.ts';
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
  const at = collectorOf(trace, client);
  const attempt = attempts.lastAt(client, nowUs);
  if (at === '' || attempt < 0) return '';
  const { connection } = COLUMN['connection.attempted'];
  const own = trace.table('connection.attempted').get(attempt, connection);
  const asked = units.of(way(own, 0))[0];
  if (asked === undefined || lookup.closedRow(own, 0) >= 0) return '';
  if (units.between(way(own, 1), 0, nowUs).length > 0) return '';
  // What it answers on may have served others before.
  const askedUs = trace.table('unit.sent').atUs(asked);
  const began = units.between(way(passedOver(trace, own, nowUs), 1), askedUs, nowUs);
  if (began.length === 0) return '';
  const until = trace.header?.proxy?.collects ? 'it is whole, as a stream never is' : 'there is enough of it';
  return `${at} has the beginning of its answer, and passes none of it on before ${until}`;
}

/** The rule behind it. */
export const termOfCollecting = (why: string): string => (why === '' ? '' : TERM);
