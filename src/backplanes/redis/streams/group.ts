import type { Place } from '../../../engine/contract/place.ts';
import type { Home } from './home.ts';
import type { Reply } from './protocol.ts';
import { compareIds, type Entry, type Group, type Id, type Pending, type Stream } from './stream.ts';

/** Redis, as far as consumer groups need it. */
export interface GroupHome {
  readonly home: Home;
  readonly nowMs: number;
}

const TRIMMED = 'trimmed while it was pending';

/** Up to where nothing of a group is open: its oldest pending entry, or all that it was handed. */
const doneUpTo = ({ pending }: Group, delivered: number): number =>
  pending.size === 0 ? delivered : (pending.keys().next().value as number);

/** XREADGROUP with `>`: what no consumer was handed yet, which from then on is pending (unless NOACK). */
export function readNew({ home, nowMs }: GroupHome, stream: Stream | undefined, server: Place): Entry[] {
  const group = stream?.group;
  if (stream === undefined || group == null) return [];
  const entries = stream.after(group.lastId, home.config.count);
  for (const entry of entries) {
    group.lastId = entry.id;
    home.books.delivered(entry, server);
    if (home.config.noAck) continue;
    group.pending.set(entry.offset, { entry, consumer: server.index, deliveredMs: nowMs });
    home.books.owned(entry, server.index, -1);
  }
  return entries;
}

/** XREADGROUP with an ID: the consumer's own pending entries behind it, and those of them that were trimmed. */
export function history(
  { home, nowMs }: GroupHome,
  stream: Stream | undefined,
  after: Id,
  server: Place,
): { entries: Entry[]; missing: Entry[] } {
  const own = [...(stream?.group?.pending.values() ?? [])]
    .filter(({ consumer, entry }) => consumer === server.index && compareIds(entry.id, after) > 0)
    .slice(0, home.config.count);
  for (const pending of own) pending.deliveredMs = nowMs;
  const [entries, missing]: [Entry[], Entry[]] = [[], []];
  for (const { entry } of own) (stream?.has(entry.offset) ? entries : missing).push(entry);
  home.io.counts.redelivered += entries.length;
  for (const entry of missing) home.books.vanished(entry, TRIMMED);
  return { entries, missing };
}

/** XACK. */
export function acknowledge(
  { home }: GroupHome,
  stream: Stream | undefined,
  offset: number,
  server: Place,
): void {
  const group = stream?.group;
  const pending = group?.pending.get(offset);
  if (group == null || pending === undefined) return;
  group.pending.delete(offset);
  const { entry, consumer } = pending;
  home.books.owned(entry, -1, consumer);
  home.books.acknowledged(entry, server, doneUpTo(group, home.books.deliveredUpTo(entry.room)));
}

/**
 * XAUTOCLAIM: what has been pending for longer than `minIdleMs` belongs to this consumer now, as if it had just been
 * handed it. It looks at ten times as many as it may claim; what was trimmed leaves the list (since 7.0).
 */
export function claim(
  { home, nowMs }: GroupHome,
  stream: Stream | undefined,
  { room, start }: { room: number; start: number },
  server: Place,
): Reply {
  const group = stream?.group;
  if (stream === undefined || group == null) return { error: 'NOGROUP' };
  const { count, minIdleMs } = home.config;
  const claimed: Pending[] = [];
  let looks = count * 10;
  let next = -1;
  for (const [offset, pending] of [...group.pending]) {
    if (offset < start) continue;
    if (looks-- === 0 || claimed.length === count) {
      next = offset;
      break;
    }
    const { entry, consumer } = pending;
    if (!stream.has(offset)) {
      group.pending.delete(offset);
      home.books.owned(entry, -1, consumer);
      home.books.vanished(entry, TRIMMED);
    } else if (nowMs - pending.deliveredMs >= minIdleMs) {
      pending.consumer = server.index;
      pending.deliveredMs = nowMs;
      claimed.push(pending);
      home.books.owned(entry, server.index, consumer);
    }
  }
  home.io.counts.redelivered += claimed.length;
  return { found: [{ room, entries: claimed.map(({ entry }) => entry), missing: [] }], next };
}
