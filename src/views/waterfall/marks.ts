import { RowsBy } from '../../trace/rows.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { packetsOf } from '../packets/contents.ts';
import { readingOf } from '../reading/reading.ts';
import { tablesOf } from './model.ts';

const SENT = COLUMN['packet.sent'];
const HELD = COLUMN['stream.held'];
const UNIT = COLUMN['unit.sent'];

/** What happened on a connection between two times, besides its phases. */
export interface Marks {
  /** Packets that were sent again. */
  againUs: number[];
  /** Packets that ended on their way. */
  lostUs: number[];
  /** Data had arrived and was held back, at either end. */
  held: { fromUs: number; toUs: number }[];
  /** Updates that were complete at the client. */
  dataUs: number[];
}

/** What a connection has cost up to a time. */
export interface Figures {
  bytes: number;
  packets: number;
  requests: number;
}

interface Kept {
  held: RowsBy;
  /** Rows of `packet.sent` that were lost or sent again, by connection. */
  trouble: RowsBy;
  /** Down units that are not requests, answers or control, by connection. */
  data: RowsBy;
  /** Bytes of a connection's packets, summed up to each. */
  bytes: Map<number, number[]>;
}

const known = new WeakMap<Trace, Kept>();

function keptOf(trace: Trace): Kept {
  let kept = known.get(trace);
  if (kept === undefined) {
    const held = trace.table('stream.held');
    const packets = trace.table('packet.sent');
    const units = trace.table('unit.sent');
    const { vocabulary = {} } = trace.header ?? {};
    kept = {
      held: new RowsBy(held, (row) => held.get(row, HELD.connection)),
      trouble: new RowsBy(packets, (row) =>
        packets.get(row, SENT.why) > 0 || packets.get(row, SENT.dropsAtUs) >= 0
          ? packets.get(row, SENT.connection)
          : -1,
      ),
      data: new RowsBy(units, (row) =>
        units.get(row, UNIT.down) === 1 &&
        vocabulary[trace.strings[units.get(row, UNIT.what)] ?? '']?.role === 'data'
          ? units.get(row, UNIT.connection)
          : -1,
      ),
      bytes: new Map(),
    };
    known.set(trace, kept);
  }
  return kept;
}

/** A packet may be under way for this long before its loss falls into the window. */
const LOOK_BACK_US = 10_000_000;

/** More ticks than this cannot be told apart anyway. */
const MOST_DATA = 4000;

/** The marks of a connection between two times, and none after `nowUs`. */
export function marksOf(
  trace: Trace,
  connection: number,
  fromUs: number,
  toUs: number,
  nowUs: number,
): Marks {
  const { trouble, data } = keptOf(trace);
  const packets = trace.table('packet.sent');
  const until = Math.min(toUs, nowUs);
  const marks: Marks = {
    againUs: [],
    lostUs: [],
    held: heldOf(trace, connection, fromUs, until),
    dataUs: [],
  };
  const inside = (us: number) => us >= fromUs && us <= until;
  const rows = trouble.of(connection);
  const end = trouble.countAt(connection, until);
  for (let i = trouble.countAt(connection, fromUs - LOOK_BACK_US); i < end; i++) {
    const row = rows[i] as number;
    const sentUs = packets.atUs(row);
    const drops = packets.get(row, SENT.dropsAtUs);
    if (packets.get(row, SENT.why) > 0 && inside(sentUs)) marks.againUs.push(sentUs);
    if (drops >= 0 && inside(sentUs + drops)) marks.lostUs.push(sentUs + drops);
  }
  const units = data.of(connection);
  const { received } = readingOf(trace);
  const lastUnit = data.countAt(connection, until);
  const firstUnit = data.countAt(connection, fromUs - LOOK_BACK_US);
  const step = Math.max(1, Math.ceil((lastUnit - firstUnit) / MOST_DATA));
  for (let i = firstUnit; i < lastUnit; i += step) {
    const unit = trace.table('unit.sent').get(units[i] as number, UNIT.unit);
    const [row] = received.of(unit);
    if (row === undefined) continue;
    const us = trace.table('unit.received').atUs(row);
    if (inside(us)) marks.dataUs.push(us);
  }
  return marks;
}

/** Stretches of time in which either direction held something back. */
function heldOf(trace: Trace, connection: number, fromUs: number, untilUs: number): Marks['held'] {
  const { held } = keptOf(trace);
  const table = trace.table('stream.held');
  const rows = held.of(connection);
  const stretches: Marks['held'] = [];
  const since: (number | null)[] = [null, null];
  const close = (down: number, toUs: number) => {
    const start = since[down];
    since[down] = null;
    if (start !== null && start !== undefined && toUs >= fromUs) stretches.push({ fromUs: start, toUs });
  };
  const end = held.countAt(connection, untilUs);
  // Holds are short: what began long before the window has ended before it.
  for (let i = Math.max(0, held.countAt(connection, fromUs) - 64); i < end; i++) {
    const row = rows[i] as number;
    const down = table.get(row, HELD.down);
    if (table.get(row, HELD.segments) === 0) close(down, table.atUs(row));
    else since[down] ??= table.atUs(row);
  }
  close(0, untilUs);
  close(1, untilUs);
  return stretches;
}

/** What a connection has cost up to `nowUs`. */
export function figuresOf(trace: Trace, connection: number, nowUs: number): Figures {
  const { bytes } = keptOf(trace);
  const packets = packetsOf(trace);
  const rows = packets.of(connection);
  let sums = bytes.get(connection);
  if (sums === undefined) bytes.set(connection, (sums = []));
  const table = trace.table('packet.sent');
  while (sums.length < rows.length)
    sums.push((sums.at(-1) ?? 0) + table.get(rows[sums.length] as number, SENT.bytes));
  const count = packets.countAt(connection, nowUs);
  return {
    bytes: count === 0 ? 0 : (sums[count - 1] as number),
    packets: count,
    requests: tablesOf(trace).requests.countAt(connection, nowUs),
  };
}
