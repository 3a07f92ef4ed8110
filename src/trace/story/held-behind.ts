import { firstIndex } from '../search.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { passageOf } from './copies.ts';
import { type Lookup, lookupOf, way } from './lookup.ts';
import { arrivalOf } from './parts.ts';
import { messagesOf } from './words.ts';

const UNIT = COLUMN['unit.sent'];

/** A later message that had arrived and could not be handed over, and for how long. */
export interface Delayed {
  message: number;
  us: number;
}

/** The later messages that one message delayed by arriving after them on the same connection. */
export function heldBehind(trace: Trace, message: number, client: number): Delayed[] {
  const lookup = lookupOf(trace);
  const arrival = arrivalOf(lookup, message, client);
  if (arrival === null || arrival.unitRow < 0 || arrival.passage.by === null) return [];
  return delayedByUnit(lookup, arrival.unitRow, arrival.passage.by.endUs);
}

/** @param thereUs when the unit itself was complete at the other end */
function delayedByUnit(lookup: Lookup, unitRow: number, thereUs: number): Delayed[] {
  const { trace } = lookup;
  const units = trace.table('unit.sent');
  const rows = lookup.units.of(way(units.get(unitRow, UNIT.connection), units.get(unitRow, UNIT.down)));
  const found: Delayed[] = [];
  for (let i = firstIndex(rows, (row) => row > unitRow); i < rows.length; i++) {
    const row = rows[i] as number;
    if (units.atUs(row) >= thereUs) break;
    if (units.get(row, UNIT.messages) === 0 || lookup.receivedRow(units.get(row, UNIT.unit)) < 0) continue;
    const { by } = passageOf(lookup, row, thereUs);
    if (by === null || by.endUs >= thereUs) continue;
    for (const message of messagesOf(trace, row)) found.push({ message, us: thereUs - by.endUs });
  }
  return found;
}
