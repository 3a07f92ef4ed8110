import { PACKET } from '../kinds.ts';
import { passesPackets } from '../routes.ts';
import { firstIndex } from '../search.ts';
import { COLUMN } from '../trace.ts';
import { type Lookup, way } from './lookup.ts';

const SENT = COLUMN['packet.sent'];
const UNIT = COLUMN['unit.sent'];

/** One sending of some bytes of a stream, with its fate. */
export interface Copy {
  row: number;
  seq: number;
  sentUs: number;
  endUs: number;
  lost: boolean;
  reason: string;
  /** Index into RESENT. */
  why: number;
  start: number;
  end: number;
  /** Made by the network. */
  duplicate: boolean;
}

function copyOf(lookup: Lookup, row: number): Copy {
  const table = lookup.trace.table('packet.sent');
  const start = table.get(row, SENT.seqNo);
  const { atUs, lost, reason } = lookup.endOf(row);
  return {
    row,
    seq: table.get(row, 0),
    sentUs: table.atUs(row),
    endUs: atUs,
    lost,
    reason,
    why: table.get(row, SENT.why),
    start,
    end: start + table.get(row, SENT.dataBytes),
    duplicate: (table.get(row, SENT.what) & PACKET.DUPLICATE) !== 0,
  };
}

/** The segments in which a unit was first sent, oldest first, as far as it was. */
export function firstSendings(lookup: Lookup, unitRow: number): Copy[] {
  const { trace } = lookup;
  const units = trace.table('unit.sent');
  const packets = trace.table('packet.sent');
  const unit = units.get(unitRow, UNIT.unit);
  const rows = lookup.data.of(way(units.get(unitRow, UNIT.connection), units.get(unitRow, UNIT.down)));
  const since = units.get(unitRow, 0);
  // What was lost before a balancer that passes packets on comes onto the client's link as a retransmission.
  const behind = passesPackets(trace);
  const found: Copy[] = [];
  for (let i = firstIndex(rows, (row) => packets.get(row, 0) > since); i < rows.length; i++) {
    const row = rows[i] as number;
    const start = packets.get(row, SENT.seqNo);
    const isNew = behind && !found.some((copy) => copy.start <= start && start < copy.end);
    if (packets.get(row, SENT.what) & PACKET.DUPLICATE) continue;
    if (packets.get(row, SENT.why) !== 0 && !isNew) continue;
    if (packets.get(row, SENT.firstUnit) > unit) {
      if (behind && found.length === 0) continue;
      break;
    }
    if (packets.get(row, SENT.lastUnit) >= unit) found.push(copyOf(lookup, row));
  }
  return found;
}

/**
 * Every sending of the bytes of a first sending, itself included, oldest first.
 * @param untilUs of sending
 */
export function copiesOf(lookup: Lookup, first: Copy, untilUs: number): Copy[] {
  const packets = lookup.trace.table('packet.sent');
  const rows = lookup.data.of(
    way(packets.get(first.row, SENT.connection), packets.get(first.row, SENT.link) & 1),
  );
  const found: Copy[] = [];
  for (let i = firstIndex(rows, (row) => row >= first.row); i < rows.length; i++) {
    const row = rows[i] as number;
    if (packets.atUs(row) > untilUs) break;
    const start = packets.get(row, SENT.seqNo);
    if (start >= first.end || start + packets.get(row, SENT.dataBytes) <= first.start) continue;
    found.push(copyOf(lookup, row));
  }
  return found;
}

/** The copy whose arrival made the bytes of a first sending complete, or null if they never were. */
export function completedBy(first: Copy, copies: readonly Copy[]): Copy | null {
  let missing: [number, number][] = [[first.start, first.end]];
  const arrivals = copies.filter(({ lost }) => !lost).sort((a, b) => a.endUs - b.endUs || a.row - b.row);
  for (const copy of arrivals) {
    missing = missing.flatMap(([start, end]) => {
      const rest: [number, number][] = [];
      if (start < copy.start) rest.push([start, Math.min(end, copy.start)]);
      if (end > copy.end) rest.push([Math.max(start, copy.end), end]);
      return rest;
    });
    if (missing.length === 0) return copy;
  }
  return null;
}

/** How a unit came to be complete at the other end, whatever it was held behind. */
export interface Passage {
  /** The segments of its first sending. */
  sendings: Copy[];
  /** The first sending of the segment that came last, and the copy that brought it; null: not complete. */
  last: Copy | null;
  by: Copy | null;
  /** All copies of all its segments, oldest first. */
  copies: Copy[];
}

/** @param untilUs look no further: when it was received, or the end of what is known */
export function passageOf(lookup: Lookup, unitRow: number, untilUs: number): Passage {
  const sendings = firstSendings(lookup, unitRow);
  let last: Copy | null = null;
  let by: Copy | null = null;
  let complete = sendings.length > 0;
  const copies = new Map<number, Copy>();
  for (const sending of sendings) {
    const all = copiesOf(lookup, sending, untilUs);
    for (const copy of all) copies.set(copy.row, copy);
    const done = completedBy(sending, all);
    if (done === null) complete = false;
    else if (by === null || done.endUs > by.endUs) {
      by = done;
      last = sending;
    }
  }
  const ordered = [...copies.values()].sort((a, b) => a.row - b.row);
  return { sendings, last: complete ? last : null, by: complete ? by : null, copies: ordered };
}
