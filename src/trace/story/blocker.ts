import { COLUMN } from '../trace.ts';
import type { Lookup } from './lookup.ts';
import { list, messagesOf, unitWords } from './words.ts';

const SENT = COLUMN['packet.sent'];

/** What the packet was that filled the hole behind which a unit was held: the row of `packet.sent`, or -1. */
export function blockerRow(lookup: Lookup, receivedRow: number): number {
  const seq = lookup.trace.table('unit.received').get(receivedRow, 1);
  return seq < 0 ? -1 : lookup.trace.table('packet.sent').rowOfSeq(seq);
}

/** The messages in a packet. */
export function messagesIn(lookup: Lookup, packetRow: number): number[] {
  const { trace } = lookup;
  const packets = trace.table('packet.sent');
  const first = packets.get(packetRow, SENT.firstUnit);
  const found: number[] = [];
  for (let unit = first; first > 0 && unit <= packets.get(packetRow, SENT.lastUnit); unit++) {
    const row = lookup.unitRow(unit);
    // Unit numbers are shared by all connections: only those of this one count.
    if (row >= 0 && sameWay(lookup, row, packetRow)) found.push(...messagesOf(trace, row));
  }
  return found;
}

/** The units in a packet, in words. */
export function contentOf(lookup: Lookup, packetRow: number): string {
  const { trace } = lookup;
  const packets = trace.table('packet.sent');
  const first = packets.get(packetRow, SENT.firstUnit);
  const words: string[] = [];
  for (let unit = first; first > 0 && unit <= packets.get(packetRow, SENT.lastUnit); unit++) {
    const row = lookup.unitRow(unit);
    if (row >= 0 && sameWay(lookup, row, packetRow)) words.push(unitWords(trace, unit));
  }
  if (words.length === 0) return '';
  return words.length > 4 ? `${words.slice(0, 3).join(', ')} and ${words.length - 3} more` : words.join(', ');
}

function sameWay(lookup: Lookup, unitRow: number, packetRow: number): boolean {
  const units = lookup.trace.table('unit.sent');
  const packets = lookup.trace.table('packet.sent');
  return (
    units.get(unitRow, COLUMN['unit.sent'].connection) === packets.get(packetRow, SENT.connection) &&
    units.get(unitRow, COLUMN['unit.sent'].down) === (packets.get(packetRow, SENT.link) & 1)
  );
}

/** "held back behind message 39"; `otherwise` where nothing is known of what was missing. */
export function blockerWords(lookup: Lookup, receivedRow: number, before: string, otherwise: string): string {
  const row = blockerRow(lookup, receivedRow);
  if (row < 0) return otherwise;
  const all = messagesIn(lookup, row);
  const unit = lookup.trace.table('unit.received').get(receivedRow, COLUMN['unit.received'].unit);
  // Its own beginning may have been in the packet that was missing.
  const own = messagesOf(lookup.trace, lookup.unitRow(unit));
  const messages = all.filter((message) => !own.includes(message));
  if (messages.length > 0)
    return `${before} ${messages.length === 1 ? 'message' : 'messages'} ${list(messages)}`;
  if (all.length > 0) return `${before} the rest of it`;
  const content = contentOf(lookup, row);
  return content === '' ? otherwise : `${before} ${content}`;
}
