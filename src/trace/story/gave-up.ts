import { COLUMN } from '../trace.ts';
import type { Lookup } from './lookup.ts';
import type { Reason } from './story.ts';
import { type Channels, isOpen, refusalOf, refuserOf } from './streams.ts';

interface Whose extends Channels {
  lookup: Lookup;
  client: number;
}

/** @param what had become of the message before; '': nothing @returns null: the client has not given up */
export function gaveUp(whose: Whose, what: string): Reason | null {
  const why = whyGivenUp(whose);
  if (why === '') return null;
  return { state: 'lost', text: `lost: ${what === '' ? '' : `${what}; `}${why}`, term: '' };
}

/**
 * Why nothing comes to a client any more: an EventSource that was answered with an error is closed for good (HTML
 * Standard §9.2.3: fail the connection). '': it has not given up.
 */
export function whyGivenUp({ lookup, client, ways, streams }: Whose): string {
  const { trace } = lookup;
  if (trace.header?.clients[client]?.transport !== 'sse') return '';
  const row = refusalOf(lookup, ways);
  if (row < 0 || streams.some((one) => isOpen(lookup, one))) return '';
  if (lookup.receivedRow(trace.table('unit.sent').get(row, COLUMN['unit.sent'].unit)) < 0) return '';
  return `${refuserOf(lookup, row)} answered the EventSource GET with an error, after which nobody asks again`;
}
