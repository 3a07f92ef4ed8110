import { COLUMN } from '../trace.ts';
import { spellsFor } from './faults.ts';
import { type Lookup, way } from './lookup.ts';

const ATTEMPT = COLUMN['connection.attempted'];
const UNIT = COLUMN['unit.sent'];

/** One attempt of a client's to connect, with the times of its stages; -1: not reached. */
export interface Dial {
  connection: number;
  row: number;
  seq: number;
  /** When the name was asked for: before the attempt, where it was not at hand. */
  askedUs: number;
  nameSeq: number;
  atUs: number;
  establishedUs: number;
  securedUs: number;
  /** At the client's end. */
  closedUs: number;
  closedSeq: number;
  closedReason: string;
}

/** A client's attempts, oldest first. */
export function dialsOf(lookup: Lookup, client: number): Dial[] {
  return lookup.attempts.of(client).map((row) => dialAt(lookup, row, client));
}

export function dialOf(lookup: Lookup, connection: number): Dial | null {
  const row = lookup.attemptOf(connection);
  return row < 0 ? null : dialAt(lookup, row, lookup.clientOf(connection));
}

function dialAt(lookup: Lookup, row: number, client: number): Dial {
  const { trace } = lookup;
  const attempts = trace.table('connection.attempted');
  const connection = attempts.get(row, ATTEMPT.connection);
  const atUs = attempts.atUs(row);
  const time = (kind: 'connection.established' | 'connection.secured' | 'connection.closed', at: number) =>
    at < 0 ? -1 : trace.table(kind).atUs(at);
  const closed = lookup.closedRow(connection, 0);
  const closings = trace.table('connection.closed');
  const name = lookup.names.lastAt(client, atUs);
  const names = trace.table('name.resolved');
  // The name belongs to this attempt if it was answered in the same instant.
  const own = name >= 0 && names.atUs(name) === atUs;
  const left = networkLeft(lookup, client, atUs, attempts.get(row, 0));
  const closedUs = time('connection.closed', closed);
  return {
    connection,
    row,
    seq: attempts.get(row, 0),
    askedUs: own ? atUs - names.get(name, COLUMN['name.resolved'].tookUs) : atUs,
    nameSeq: own ? names.get(name, 0) : -1,
    atUs,
    establishedUs: time('connection.established', lookup.establishedRow(connection, 0)),
    securedUs: time('connection.secured', lookup.securedRow(connection)),
    closedUs: closedUs < 0 ? left.atUs : left.atUs < 0 ? closedUs : Math.min(closedUs, left.atUs),
    closedSeq: closed < 0 ? left.seq : closings.get(closed, 0),
    closedReason:
      closed < 0
        ? left.reason
        : (trace.strings[closings.get(closed, COLUMN['connection.closed'].reason)] ?? ''),
  };
}

/**
 * The first time after an attempt at which a client left its network: its connections die with it, unrecorded.
 * @param attempted seq of the attempt: one that is made at the very moment, on the new network, outlives it
 */
function networkLeft(lookup: Lookup, client: number, sinceUs: number, attempted: number) {
  const kinds = ['network-switch', 'client-disconnect'];
  const spell = spellsFor(lookup.trace, client, sinceUs, Number.POSITIVE_INFINITY, kinds).find(
    ({ seq }) => seq > attempted,
  );
  if (spell === undefined) return { atUs: -1, seq: -1, reason: '' };
  return { atUs: spell.fromUs, seq: spell.seq, reason: 'unreachable' };
}

/** The request that a unit of the server's answers, by row of `unit.sent`: the last one it had by then; -1: none. */
export function requestOf(lookup: Lookup, unitRow: number): number {
  const { trace } = lookup;
  const units = trace.table('unit.sent');
  const received = trace.table('unit.received');
  const connection = units.get(unitRow, UNIT.connection);
  const seq = units.get(unitRow, 0);
  let found = -1;
  for (const row of lookup.units.of(way(connection, 0))) {
    if (units.get(row, 0) > seq) break;
    const key = trace.strings[units.get(row, UNIT.what)] ?? '';
    if (trace.header?.vocabulary[key]?.role !== 'request') continue;
    const at = lookup.receivedRow(units.get(row, UNIT.unit));
    if (at >= 0 && received.get(at, 0) < seq) found = row;
  }
  return found;
}
