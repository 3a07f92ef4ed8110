import { COLUMN, type Trace } from '../../trace/trace.ts';
import { packetsOf } from '../packets/contents.ts';

const UNIT = COLUMN['unit.sent'];
const SENT = COLUMN['packet.sent'];

/** Most that a TLS record holds (RFC 8446 §5.1): what it begins with can be read once all of it is there. */
const RECORD_PLAINTEXT = 16_384;
/** Such a record on the stream. The seven bytes that TLS 1.2 takes more do not reach into another segment. */
const RECORD_BYTES = RECORD_PLAINTEXT + 22;

/**
 * When the first byte of an answer could be read at the client: it is in order there, and behind TLS its record is whole.
 * @param request row of the request, in `unit.sent` @param head row of the unit that the answer begins with
 * @param complete when that unit was whole at the client; null: not yet
 * @returns null: not yet
 */
export function firstByteUs(
  trace: Trace,
  connection: number,
  request: number,
  head: number,
  tls: boolean,
  complete: number | null,
): number | null {
  const units = trace.table('unit.sent');
  if (tls && units.get(head, UNIT.bytes) <= RECORD_PLAINTEXT) return complete;
  const [asks, answers] = [units.get(request, UNIT.unit), units.get(head, UNIT.unit)];
  const table = trace.table('packet.sent');
  const rows = packetsOf(trace).of(connection);
  const carries = (row: number, unit: number) =>
    table.get(row, SENT.dataBytes) > 0 &&
    table.get(row, SENT.firstUnit) <= unit &&
    table.get(row, SENT.lastUnit) >= unit;
  // What the client had in order when it asked, and since then what came, by its arrival.
  let next = -1;
  let begins = Number.POSITIVE_INFINITY;
  const came: { atUs: number; from: number; to: number }[] = [];
  for (let i = packetsOf(trace).countAt(connection, units.atUs(request) - 1); i < rows.length; i++) {
    const row = rows[i] as number;
    if (complete !== null && table.atUs(row) > complete) break;
    const from = table.get(row, SENT.seqNo);
    if ((table.get(row, SENT.link) & 1) === 0) {
      if (next < 0 && carries(row, asks)) next = table.get(row, SENT.ackNo);
    } else if (table.get(row, SENT.dataBytes) > 0) {
      if (carries(row, answers)) begins = Math.min(begins, from);
      if (table.get(row, SENT.dropsAtUs) < 0)
        came.push({
          atUs: table.atUs(row) + table.get(row, SENT.arrivesAtUs),
          from,
          to: from + table.get(row, SENT.dataBytes),
        });
    }
  }
  return inOrderUs(came, next, begins + (tls ? RECORD_BYTES : 1)) ?? complete;
}

/** When the bytes from `next` up to `end` are all there; null: not yet. */
function inOrderUs(came: { atUs: number; from: number; to: number }[], next: number, end: number) {
  came.sort((a, b) => a.atUs - b.atUs);
  const beyond: { from: number; to: number }[] = [];
  let upTo = next;
  for (const { atUs, from, to } of came) {
    beyond.push({ from, to });
    for (let grew = true; grew; ) {
      grew = false;
      for (const held of beyond)
        if (held.from <= upTo && held.to > upTo) {
          upTo = held.to;
          grew = true;
        }
    }
    if (upTo >= end) return atUs;
  }
  return null;
}
