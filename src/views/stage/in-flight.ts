import { PACKET } from '../../trace/kinds.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { flightEstimateUs } from '../reading/flights.ts';
import { type PacketFace, packetFace } from '../reading/packet-face.ts';
import { readingOf } from '../reading/reading.ts';
import { recentPerTrace } from '../reading/recent.ts';
import type { Curve, Place } from './curve.ts';
import { serverOfAttempt } from './server-of.ts';
import type { StageLayout } from './stage-layout.ts';

const SENT = COLUMN['packet.sent'];
const ATTEMPT = COLUMN['connection.attempted'];

/** Upward and downward traffic keep apart by twice this, each to the right of its way. */
const ASIDE = 5;
/** A name server is not on the stage: its packets turn round before the servers. */
const DNS_REACH = 0.32;

/** A packet with its place on the stage. */
export interface PlacedPacket {
  row: number;
  seq: number;
  /** Number of its link in the header. */
  link: number;
  /** -1: it is between two processes of the datacenter. */
  client: number;
  /** The server at the end of its way, if there is one there; else -1. */
  server: number;
  face: PacketFace;
  transport: string;
  /** Where it is; `dx`, `dy` point the way it goes. */
  place: Place;
  /** How far it is along its link, counted from the server, or in hop 2 from the first of the link's places. */
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
  const packets: PlacedPacket[] = [];
  for (const row of rows) {
    const packet = placePacket(trace, layout, row, nowUs, lingerUs, stepping);
    if (packet !== null) packets.push(packet);
  }
  return packets;
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
  const { link, client, server, face, transport, seq, atUs, takesUs, dropUs, forth } = course;
  const way = wayOf(layout, course);
  if (way === null) return null;
  const gone = dropUs >= 0 && nowUs >= atUs + dropUs;
  const share = shareOf(course, nowUs, gone, stepping);
  const place = way.at(share, forth ? ASIDE : -ASIDE);
  if (!forth) {
    place.dx = -place.dx;
    place.dy = -place.dy;
  }
  const sinceUs = nowUs - atUs - (dropUs >= 0 ? dropUs : takesUs);
  const lost = gone ? course.reason : '';
  const fade = gone ? Math.min(1, Math.max(0, 2 * (1 - sinceUs / Math.max(1, lingerUs)))) : 1;
  return { row, seq, link, client, server, face, transport, place, share, lost, fade };
}

/** The curve on which a packet goes; null: it is not on the stage. */
function wayOf(layout: StageLayout, { client, server, from, to }: Course): Curve | null {
  if (from >= 0) return layout.between(from, to);
  if (client < 0) return server < 0 ? layout.across : layout.inner(server);
  const stageRow = layout.rowOfClient[client] ?? -1;
  return stageRow < 0 ? null : layout.hop1(Math.max(0, server), stageRow);
}

/** How far along its way a packet is. */
function shareOf(
  { forth, atUs, takesUs, dropUs, isDns }: Course,
  nowUs: number,
  gone: boolean,
  stepping: boolean,
) {
  let covered = takesUs > 0 ? (gone ? dropUs : nowUs - atUs) / takesUs : 1;
  // Short of the ends, so that a ✕ is never hidden behind a card.
  if (gone) covered = Math.min(0.82, Math.max(0.12, covered));
  else if (stepping) covered = covered < 1 / 3 ? 0.16 : covered < 2 / 3 ? 0.5 : 0.84;
  covered = Math.min(1, covered);
  if (isDns) covered = forth ? 1 - DNS_REACH * (1 - covered) : covered * DNS_REACH;
  return forth ? covered : 1 - covered;
}

/** What time does not change about a packet; looked up once, as thousands are drawn sixty times a second. */
interface Course {
  seq: number;
  link: number;
  client: number;
  server: number;
  /** The places of a link of hop 2, else -1. */
  from: number;
  to: number;
  /** It goes the way as its curve is drawn: from the server, or from the first place of the link. */
  forth: boolean;
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

const courses = recentPerTrace<Trace, Course>(20_000);

const courseOf = (trace: Trace, row: number): Course => courses(trace).of(row, () => readCourse(trace, row));

function readCourse(trace: Trace, row: number): Course {
  const table = trace.table('packet.sent');
  const { header } = trace;
  const numbered = table.get(row, SENT.link);
  const link = header?.links[numbered >> 1];
  const connection = table.get(row, SENT.connection);
  const dropUs = table.get(row, SENT.dropsAtUs);
  const atUs = table.atUs(row);
  const down = (numbered & 1) === 1;
  const { client, server } = endsOf(trace, link, connection, atUs);
  return {
    seq: table.get(row, SENT.seq),
    link: numbered >> 1,
    client: link?.client ?? -1,
    server,
    from: link?.from ?? -1,
    to: link?.to ?? -1,
    forth: link?.kind === 'backplane' ? !down : down,
    transport: header?.clients[client]?.transport ?? '',
    face: packetFace(trace, row),
    atUs,
    takesUs: dropUs >= 0 ? flightEstimateUs(trace, row) : table.get(row, SENT.arrivesAtUs),
    dropUs,
    reason: trace.strings[table.get(row, SENT.reason)] || 'lost',
    isDns: (table.get(row, SENT.what) & PACKET.DNS) !== 0,
  };
}

type Link = NonNullable<Trace['header']>['links'][number];

/** Whose packet it is, and the server at the end of its way; -1: nobody's, none. */
function endsOf(
  trace: Trace,
  link: Link | undefined,
  connection: number,
  nowUs: number,
): { client: number; server: number } {
  if (link?.kind === 'backplane' || link?.kind === 'edge') return { client: -1, server: -1 };
  const reading = readingOf(trace);
  const attempt = connection > 0 ? reading.attemptOf(connection) : -1;
  if (link?.kind === 'datacenter') {
    const client = attempt < 0 ? -1 : trace.table('connection.attempted').get(attempt, ATTEMPT.client);
    return { client, server: datacenterServer(trace, link) };
  }
  const client = link?.client ?? -1;
  const row = attempt >= 0 ? attempt : reading.attempts.lastAt(client, nowUs);
  return { client, server: row < 0 ? 0 : serverOfAttempt(trace, row, nowUs) };
}

/** Each server has a link of its own to the edge, in the order of their numbers. */
const datacenterServer = (trace: Trace, link: Link): number => {
  const { links = [], clients = [] } = trace.header ?? {};
  return links.indexOf(link, clients.length) - clients.length;
};
