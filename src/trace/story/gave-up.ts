import { COLUMN } from '../trace.ts';
import type { Lookup } from './lookup.ts';
import type { Reason } from './story.ts';
import { type Channels, isOpen, refusalOf } from './streams.ts';
import { serverName } from './words.ts';

/**
 * Whether nothing comes to a client any more: an EventSource that was answered with an error is closed for good (HTML
 * Standard §9.2.3: fail the connection).
 * @param what had become of the message before; '': nothing @returns null: it has not given up
 */
export function gaveUp(
  { lookup, client, ways, streams }: Channels & { lookup: Lookup; client: number },
  what: string,
): Reason | null {
  const { trace } = lookup;
  if (trace.header?.clients[client]?.transport !== 'sse') return null;
  const row = refusalOf(lookup, ways);
  if (row < 0 || streams.some((one) => isOpen(lookup, one))) return null;
  if (lookup.receivedRow(trace.table('unit.sent').get(row, COLUMN['unit.sent'].unit)) < 0) return null;
  const units = trace.table('unit.sent');
  const refuser = serverName(trace, lookup.serverOf(units.get(row, COLUMN['unit.sent'].connection)));
  const refused = `${refuser} answered the EventSource GET with an error, after which nobody asks again`;
  return { state: 'lost', text: `lost: ${what === '' ? '' : `${what}; `}${refused}`, term: '' };
}
