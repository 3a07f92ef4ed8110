import { RowsBy } from '../../trace/rows.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { unitRow } from '../log/owners.ts';
import { publishedRow } from '../reading/messages.ts';
import { wordFor } from '../reading/words.ts';
import type { PacketFacts } from './model.ts';

const UNIT = COLUMN['unit.sent'];
const SENT = COLUMN['packet.sent'];

/** A protocol data unit that has bytes in a packet. */
export interface UnitInside {
  unit: number;
  label: string;
  explanation: string;
  role: 'request' | 'response' | 'control' | 'data';
  bytes: number;
  firstMessage: number;
  messages: number;
  /** Bytes of the messages themselves; the rest of `bytes` is what carries them. */
  payloadBytes: number;
}

/** What is inside a packet. */
export interface Contents {
  units: UnitInside[];
  /** Units that were not listed because there are too many. */
  more: number;
  /** Bytes of TLS records around the units; null: a unit continues in another packet, so this packet's share is unknown. */
  sealBytes: number | null;
}

const MOST_UNITS = 40;
/** Packets that are looked at for whether a unit continues in them. */
const MOST_PACKETS = 400;

const packets = new WeakMap<Trace, RowsBy>();

/** Rows of `packet.sent` by connection. */
export function packetsOf(trace: Trace): RowsBy {
  let rows = packets.get(trace);
  if (rows === undefined) {
    const table = trace.table('packet.sent');
    rows = new RowsBy(table, (row) => table.get(row, SENT.connection) || -1);
    packets.set(trace, rows);
  }
  return rows;
}

/** The units inside a packet, and what wraps them. */
export function contentsOf(trace: Trace, packet: PacketFacts): Contents {
  const { firstUnit, lastUnit } = packet;
  if (firstUnit === 0) return { units: [], more: 0, sealBytes: 0 };
  const units: UnitInside[] = [];
  let sum = 0;
  let more = 0;
  let whole = true;
  // Numbers between the two may belong to other connections: units are counted over all of them.
  for (let unit = firstUnit; unit <= lastUnit; unit++) {
    const row = unitRow(trace, unit);
    if (row < 0 || !belongs(trace, row, packet)) continue;
    sum += trace.table('unit.sent').get(row, UNIT.bytes);
    if (units.length >= MOST_UNITS) more++;
    else units.push(unitInside(trace, row));
    if (unit === firstUnit || unit === lastUnit) whole = whole && isWhole(trace, unit, packet);
  }
  return { units, more, sealBytes: whole && packet.dataBytes >= sum ? packet.dataBytes - sum : null };
}

function belongs(trace: Trace, row: number, packet: PacketFacts): boolean {
  const table = trace.table('unit.sent');
  return table.get(row, UNIT.connection) === packet.connection && table.get(row, UNIT.down) === +packet.down;
}

function unitInside(trace: Trace, row: number): UnitInside {
  const table = trace.table('unit.sent');
  const what = trace.strings[table.get(row, UNIT.what)] ?? '';
  const words = trace.header?.vocabulary[what];
  const first = table.get(row, UNIT.message);
  const messages = table.get(row, UNIT.messages);
  let payloadBytes = 0;
  for (let message = first; message < first + messages; message++) {
    const published = publishedRow(trace, message);
    if (published < 0) continue;
    payloadBytes += trace.table('message.published').get(published, COLUMN['message.published'].bytes);
  }
  return {
    unit: table.get(row, UNIT.unit),
    label: trace.header ? wordFor(trace.header, what) : what,
    explanation: words?.explanation ?? '',
    role: words?.role ?? 'control',
    bytes: table.get(row, UNIT.bytes),
    firstMessage: first,
    messages,
    payloadBytes,
  };
}

/** Whether no other stretch of the stream has bytes of the unit. */
function isWhole(trace: Trace, unit: number, packet: PacketFacts): boolean {
  const table = trace.table('packet.sent');
  const rows = packetsOf(trace).of(packet.connection);
  const from = packetsOf(trace).countAt(packet.connection, packet.atUs);
  for (let i = Math.max(0, from - MOST_PACKETS); i < Math.min(rows.length, from + MOST_PACKETS); i++) {
    const row = rows[i] as number;
    if ((table.get(row, SENT.link) & 1) !== +packet.down || table.get(row, SENT.dataBytes) === 0) continue;
    if (table.get(row, SENT.firstUnit) > unit || table.get(row, SENT.lastUnit) < unit) continue;
    const same =
      table.get(row, SENT.seqNo) === packet.seqNo && table.get(row, SENT.dataBytes) === packet.dataBytes;
    if (!same) return false;
  }
  return true;
}
