import { RowsBy } from '../../trace/rows.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { flightEstimateUs } from '../reading/flights.ts';
import { textOf } from '../reading/messages.ts';
import { type PacketFace, packetFace } from '../reading/packet-face.ts';
import { readingOf } from '../reading/reading.ts';
import { recentPerTrace } from '../reading/recent.ts';

const SENT = COLUMN['packet.sent'];
const DELIVERED = COLUMN['message.delivered'];
const HELD = COLUMN['stream.held'];
const ATTEMPT = COLUMN['connection.attempted'];
const PUBLISHED = COLUMN['message.published'];

/** A packet sent longer ago than this before the window is not looked for. */
const LONGEST_FLIGHT_US = 3_000_000;
/** As many packets are drawn in a lane, the newest; more is a blur. */
export const MOST_ARROWS = 600;

/** A packet between a server and the client. */
export interface LaneArrow {
  row: number;
  seq: number;
  fromUs: number;
  /** When it arrives, or would have arrived. */
  toUs: number;
  /** When it is lost; -1: it is not. */
  lostUs: number;
  face: PacketFace;
}

/** An update that reached the client's application. */
export interface LaneDelivery {
  atUs: number;
  message: number;
  text: string;
  latencyUs: number;
  outOfOrder: boolean;
}

/** What a lane shows of one client in the time up to a moment. */
export interface LanePicture {
  arrows: LaneArrow[];
  /** Updates of its rooms at their source. */
  published: { atUs: number; message: number; text: string }[];
  delivered: LaneDelivery[];
  /** Stretches in which its kernel held what had come, behind something that had not. */
  held: { fromUs: number; toUs: number }[];
  /** Packets that are left out because there are too many. */
  leftOut: number;
}

const packets = new WeakMap<Trace, RowsBy>();

/** Rows of `packet.sent` by the client whose access link it is. */
function packetsOf(trace: Trace): RowsBy {
  let rows = packets.get(trace);
  if (rows === undefined) {
    const table = trace.table('packet.sent');
    rows = new RowsBy(table, (row) => trace.header?.links[table.get(row, SENT.link) >> 1]?.client ?? -1);
    packets.set(trace, rows);
  }
  return rows;
}

/** Reads a lane. @param client its number in this run */
export function laneAt(trace: Trace, client: number, nowUs: number, windowUs: number): LanePicture {
  const fromUs = nowUs - windowUs;
  const { arrows, leftOut } = arrowsAt(trace, client, fromUs, nowUs);
  return {
    arrows,
    leftOut,
    published: publishedAt(trace, client, fromUs, nowUs),
    delivered: deliveredAt(trace, client, fromUs, nowUs),
    held: heldAt(trace, client, fromUs, nowUs),
  };
}

function arrowsAt(trace: Trace, client: number, fromUs: number, nowUs: number) {
  const table = trace.table('packet.sent');
  const by = packetsOf(trace);
  const rows = by.of(client);
  const end = by.countAt(client, nowUs);
  const begin = by.countAt(client, fromUs - LONGEST_FLIGHT_US);
  const arrows: LaneArrow[] = [];
  let leftOut = 0;
  for (let i = end - 1; i >= begin; i--) {
    const row = rows[i] as number;
    const drops = table.get(row, SENT.dropsAtUs);
    const endUs = table.atUs(row) + (drops >= 0 ? drops : table.get(row, SENT.arrivesAtUs));
    if (endUs < fromUs) continue;
    if (arrows.length < MOST_ARROWS) arrows.push(arrowOf(trace, row));
    else leftOut++;
  }
  return { arrows: arrows.reverse(), leftOut };
}

const known = recentPerTrace<Trace, LaneArrow>(20_000);

/** Looked up once, as hundreds are drawn sixty times a second and time changes nothing about them. */
const arrowOf = (trace: Trace, row: number): LaneArrow => known(trace).of(row, () => readArrow(trace, row));

function readArrow(trace: Trace, row: number): LaneArrow {
  const table = trace.table('packet.sent');
  const sentUs = table.atUs(row);
  const drops = table.get(row, SENT.dropsAtUs);
  const takes = drops >= 0 ? flightEstimateUs(trace, row) : table.get(row, SENT.arrivesAtUs);
  return {
    row,
    seq: table.get(row, SENT.seq),
    fromUs: sentUs,
    toUs: sentUs + takes,
    lostUs: drops >= 0 ? sentUs + drops : -1,
    face: packetFace(trace, row),
  };
}

/** What sources published to a client's rooms in a window of time. */
export function publishedAt(trace: Trace, client: number, fromUs: number, nowUs: number) {
  const table = trace.table('message.published');
  const rooms = trace.header?.clients[client]?.rooms ?? [];
  const published: LanePicture['published'] = [];
  for (let row = table.firstAtOrAfter(fromUs); row < table.firstAfter(nowUs); row++) {
    if (!rooms.includes(table.get(row, PUBLISHED.room))) continue;
    const message = table.get(row, PUBLISHED.message);
    const text = trace.strings[table.get(row, PUBLISHED.text)] ?? '';
    published.push({ atUs: table.atUs(row), message, text });
  }
  return published;
}

function deliveredAt(trace: Trace, client: number, fromUs: number, nowUs: number): LaneDelivery[] {
  const table = trace.table('message.delivered');
  const { delivered } = readingOf(trace);
  const rows = delivered.of(client);
  const result: LaneDelivery[] = [];
  for (let i = delivered.countAt(client, fromUs - 1); i < delivered.countAt(client, nowUs); i++) {
    const row = rows[i] as number;
    const message = table.get(row, DELIVERED.message);
    result.push({
      atUs: table.atUs(row),
      message,
      text: textOf(trace, message),
      latencyUs: table.get(row, DELIVERED.latencyUs),
      outOfOrder: table.get(row, DELIVERED.outOfOrder) === 1,
    });
  }
  return result;
}

function heldAt(trace: Trace, client: number, fromUs: number, nowUs: number): LanePicture['held'] {
  const { attempts, heldDown } = readingOf(trace);
  const attempted = trace.table('connection.attempted');
  const table = trace.table('stream.held');
  const spans: LanePicture['held'] = [];
  const count = attempts.countAt(client, nowUs);
  // A browser has six connections to an origin, and a WebSocket beside them.
  for (const attempt of attempts.of(client).slice(Math.max(0, count - 7), count)) {
    const connection = attempted.get(attempt, ATTEMPT.connection);
    const rows = heldDown.of(connection);
    const last = heldDown.countAt(connection, nowUs);
    let sinceUs = -1;
    for (let i = Math.max(0, heldDown.countAt(connection, fromUs) - 1); i < last; i++) {
      const row = rows[i] as number;
      const holds = table.get(row, HELD.segments) > 0;
      if (holds && sinceUs < 0) sinceUs = table.atUs(row);
      if (!holds && sinceUs >= 0) {
        spans.push({ fromUs: sinceUs, toUs: table.atUs(row) });
        sinceUs = -1;
      }
    }
    if (sinceUs >= 0) spans.push({ fromUs: sinceUs, toUs: nowUs });
  }
  return spans.filter(({ toUs }) => toUs > fromUs);
}
