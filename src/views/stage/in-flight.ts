import { PACKET } from '../../trace/kinds.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { flightEstimateUs } from '../reading/flights.ts';
import { type PacketFace, packetFace } from '../reading/packet-face.ts';
import { readingOf } from '../reading/reading.ts';
import type { Place } from './curve.ts';
import type { StageLayout } from './layout.ts';
import { serverOfAttempt } from './server-of.ts';

const SENT = COLUMN['packet.sent'];

/** Upward and downward traffic keep apart by twice this, each to the right of its way. */
const ASIDE = 5;
/** A name server is not on the stage: its packets turn round before the servers. */
const DNS_REACH = 0.32;

/** A packet with its place on the stage. */
export interface PlacedPacket {
  row: number;
  seq: number;
  client: number;
  stageRow: number;
  server: number;
  face: PacketFace;
  transport: string;
  /** Where it is; `dx`, `dy` point the way it goes. */
  place: Place;
  /** Share of its link that it has covered, counted from the server. */
  share: number;
  /** '' while it is under way; where it was lost, the reason, and `fade` 1 to 0 since then. */
  lost: string;
  fade: number;
}

/** How long a ✕ stays, µs of virtual time: about two seconds on the wall, and not so short that a step jumps over it. */
export const lossLingerUs = (speed: number | null | undefined): number =>
  Math.min(4_000_000, Math.max(60_000, (speed ?? (speed === null ? 4 : 0.1)) * 2_000_000));

/** As many packets as are drawn. */
export const MOST_PACKETS = 5000;

/** All packets to be drawn at a time, the newest `limit` of them, oldest first. */
export function packetsInFlight(
  trace: Trace,
  layout: StageLayout,
  nowUs: number,
  lingerUs: number,
  stepping: boolean,
  limit = MOST_PACKETS,
): PlacedPacket[] {
  const rows = readingOf(trace).flights.at(nowUs, lingerUs, limit);
  return rows.flatMap((row) => {
    const packet = placePacket(trace, layout, row, nowUs, lingerUs, stepping);
    return packet === null ? [] : [packet];
  });
}

function placePacket(
  trace: Trace,
  layout: StageLayout,
  row: number,
  nowUs: number,
  lingerUs: number,
  stepping: boolean,
): PlacedPacket | null {
  const course = courseOf(trace, row);
  const { client, server, face, transport, seq, atUs, takesUs, dropUs } = course;
  const stageRow = layout.rowOfClient[client] ?? -1;
  if (stageRow < 0) return null;
  const gone = dropUs >= 0 && nowUs >= atUs + dropUs;
  const share = shareOf(course, nowUs, gone, stepping);
  const place = layout.hop1(server, stageRow).at(share, face.down ? ASIDE : -ASIDE);
  if (!face.down) {
    place.dx = -place.dx;
    place.dy = -place.dy;
  }
  const sinceUs = nowUs - atUs - (dropUs >= 0 ? dropUs : takesUs);
  const lost = gone ? course.reason : '';
  const fade = gone ? Math.min(1, Math.max(0, 2 * (1 - sinceUs / Math.max(1, lingerUs)))) : 1;
  return { row, seq, client, stageRow, server, face, transport, place, share, lost, fade };
}

/** How far along the link a packet is, counted from the server. */
function shareOf(
  { face, atUs, takesUs, dropUs, isDns }: Course,
  nowUs: number,
  gone: boolean,
  stepping: boolean,
) {
  let covered = takesUs > 0 ? (gone ? dropUs : nowUs - atUs) / takesUs : 1;
  // Short of the ends, so that a ✕ is never hidden behind a card.
  if (gone) covered = Math.min(0.82, Math.max(0.12, covered));
  else if (stepping) covered = covered < 1 / 3 ? 0.16 : covered < 2 / 3 ? 0.5 : 0.84;
  covered = Math.min(1, covered);
  if (isDns) covered = face.down ? 1 - DNS_REACH * (1 - covered) : covered * DNS_REACH;
  return face.down ? covered : 1 - covered;
}

/** What time does not change about a packet; looked up once, as thousands are drawn sixty times a second. */
interface Course {
  seq: number;
  client: number;
  server: number;
  transport: string;
  face: PacketFace;
  atUs: number;
  /** How long the whole way takes, or would have taken. */
  takesUs: number;
  /** When it was lost, counted from `atUs`; -1: it was not. */
  dropUs: number;
  reason: string;
  isDns: boolean;
}

const courses = new WeakMap<Trace, Map<number, Course>>();
const MOST_COURSES = 20_000;

function courseOf(trace: Trace, row: number): Course {
  let cache = courses.get(trace);
  if (cache === undefined || cache.size > MOST_COURSES) courses.set(trace, (cache = new Map()));
  let course = cache.get(row);
  if (course === undefined) cache.set(row, (course = readCourse(trace, row)));
  return course;
}

function readCourse(trace: Trace, row: number): Course {
  const table = trace.table('packet.sent');
  const client = trace.header?.links[table.get(row, SENT.link) >> 1]?.client ?? -1;
  const dropUs = table.get(row, SENT.dropsAtUs);
  const atUs = table.atUs(row);
  return {
    seq: table.get(row, SENT.seq),
    client,
    server: serverOf(trace, table.get(row, SENT.connection), client, atUs),
    transport: trace.header?.clients[client]?.transport ?? '',
    face: packetFace(trace, row),
    atUs,
    takesUs: dropUs >= 0 ? flightEstimateUs(trace, row) : table.get(row, SENT.arrivesAtUs),
    dropUs,
    reason: trace.strings[table.get(row, SENT.reason)] || 'lost',
    isDns: (table.get(row, SENT.what) & PACKET.DNS) !== 0,
  };
}

function serverOf(trace: Trace, connection: number, client: number, nowUs: number): number {
  const reading = readingOf(trace);
  const row = connection > 0 ? reading.attemptOf(connection) : reading.attempts.lastAt(client, nowUs);
  return row < 0 ? 0 : serverOfAttempt(trace, row, nowUs);
}
