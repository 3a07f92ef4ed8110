import { RowsOf } from '../rows.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { entriesOf, handedUs, isLinked } from './across-hop.ts';
import type { Lookup } from './lookup.ts';
import { peersOf } from './peers.ts';
import { hasCrashed } from './place.ts';

const UNIT = COLUMN['unit.sent'];
const WATCHED = COLUMN['room.watched'];
const PUBLISHED = COLUMN['message.published'];

/**
 * When it was decided whether a message comes to a server, µs: if that watched the room then, the message is sent to it
 * or is missed on record; if not, neither. -1: it is not decided, or not known to be.
 */
export function decidedUs(lookup: Lookup, message: number, server: number): number {
  const { trace } = lookup;
  if (!isLinked(trace)) return takenUs(lookup, message);
  const handed = server < 0 ? -1 : handedUs(lookup, message, server);
  if (handed >= 0) return handed;
  const sent = toServers(lookup, message);
  const own = sent.filter(({ to }) => to === server);
  if (own.length > 0) return own.find(({ thereUs }) => thereUs >= 0)?.thereUs ?? -1;
  // A log gives it to each server in that server's own time.
  if (entriesOf(trace).of(message).length > 0) return -1;
  const drops = trace.table('message.dropped');
  const times = lookup.droppedRows(message).map((row) => drops.atUs(row));
  for (const { sentUs } of sent) times.push(sentUs);
  return times.length === 0 ? -1 : Math.min(...times);
}

/** When a lone server had a message, µs: a source's at once, a client's when what it was written in came; -1: not yet. */
function takenUs(lookup: Lookup, message: number): number {
  const { trace } = lookup;
  const published = trace.table('message.published');
  const row = lookup.publishedRow(message);
  const publisher = trace.header?.publishers[published.get(row, PUBLISHED.publisher)];
  if (publisher === undefined || publisher.clients.length === 0) return published.atUs(row);
  const units = trace.table('unit.sent');
  const last = lookup.writes(message).at(-1);
  const received = last === undefined ? -1 : lookup.receivedRow(units.get(last, UNIT.unit));
  return received < 0 ? -1 : trace.table('unit.received').atUs(received);
}

/**
 * The only server that has a message where nothing carries it to others: that of the client who wrote it, else the
 * first. -1: something does, or it is not there yet.
 */
export function onlyServer(lookup: Lookup, message: number): number {
  const { trace } = lookup;
  if (trace.header?.backplane.kind !== 'direct' || takenUs(lookup, message) < 0) return -1;
  const write = lookup.writes(message).at(-1);
  if (write === undefined) return 0;
  const units = trace.table('unit.sent');
  return lookup.servedBy(units.get(write, UNIT.connection), units.atUs(write));
}

/** Units that carried a message to servers, oldest first. `thereUs`: -1 until it is there. */
function toServers(lookup: Lookup, message: number): { to: number; sentUs: number; thereUs: number }[] {
  const { trace } = lookup;
  const units = trace.table('unit.sent');
  return lookup.peerCarriers(message).flatMap((row) => {
    const [opener, other] = peersOf(trace, units.get(row, UNIT.connection)) as [number, number];
    const to = units.get(row, UNIT.down) === 1 ? opener : other;
    if (trace.header?.places[to]?.kind !== 'server') return [];
    const received = lookup.receivedRow(units.get(row, UNIT.unit));
    const thereUs = received < 0 ? -1 : trace.table('unit.received').atUs(received);
    return [{ to, sentUs: units.atUs(row), thereUs }];
  });
}

/** Whether another server has a message, or is being sent it. */
export const isElsewhere = (lookup: Lookup, message: number, server: number): boolean =>
  lookup.handedRows(message).length > 0 || toServers(lookup, message).some(({ to }) => to !== server);

const watches = new WeakMap<Trace, RowsOf>();

/** Whether a server watched a room at a time: since it said so, it has neither left nor died. */
export function isWatched(trace: Trace, server: number, room: number, atUs: number): boolean {
  const table = trace.table('room.watched');
  const rooms = trace.header?.rooms.length ?? 1;
  let rows = watches.get(trace);
  if (rows === undefined) {
    rows = new RowsOf(table, (row, put) =>
      put(table.get(row, WATCHED.server) * rooms + table.get(row, WATCHED.room)),
    );
    watches.set(trace, rows);
  }
  const row = rows.lastAt(server * rooms + room, atUs);
  if (row < 0 || table.get(row, WATCHED.watched) === 0) return false;
  return !hasCrashed(trace, server, table.atUs(row), atUs);
}
