import type { Config } from '../config.ts';
import type { GroupMember } from '../protocol.ts';

/**
 * Deals out the partitions of one topic: what the leader of a group does after the members have joined.
 * @param members with what they own so far @returns the same members with what they are to own
 */
export function assign(
  strategy: Config['assignment'],
  members: readonly GroupMember[],
  partitions: number,
): GroupMember[] {
  // Members are sorted by id, which begins with the client's name: that of the server.
  const sorted = [...members].sort((a, b) => a.server - b.server || a.id - b.id);
  const all = Array.from({ length: partitions }, (_, partition) => partition);
  const quota = Math.floor(partitions / sorted.length);
  const extra = partitions % sorted.length;
  switch (strategy) {
    case 'range':
      return sorted.map((member, i) => {
        const first = quota * i + Math.min(i, extra);
        return { ...member, partitions: all.slice(first, first + quota + (i < extra ? 1 : 0)) };
      });
    case 'round-robin':
      return sorted.map((member, i) => ({
        ...member,
        partitions: all.filter((partition) => partition % sorted.length === i),
      }));
    default:
      return withholding(sorted, sticky(sorted, all, quota, extra));
  }
}

/** Everybody keeps what they have, up to their share; the rest goes to those who have least. */
function sticky(
  members: readonly GroupMember[],
  all: readonly number[],
  quota: number,
  extra: number,
): GroupMember[] {
  const taken = new Set<number>();
  let larger = extra;
  const kept = members.map((member) => {
    const own = member.partitions.filter((partition) => !taken.has(partition));
    const share = own.length > quota && larger > 0 ? quota + 1 : quota;
    if (own.length > quota && larger > 0) larger--;
    const partitions = own.slice(0, share);
    for (const partition of partitions) taken.add(partition);
    return { ...member, partitions };
  });
  for (const partition of all) {
    if (taken.has(partition)) continue;
    const [least] = [...kept].sort((a, b) => a.partitions.length - b.partitions.length);
    least?.partitions.push(partition);
  }
  return kept.map((member) => ({ ...member, partitions: member.partitions.sort((a, b) => a - b) }));
}

/** What still belongs to somebody else is withheld until it is given back (CooperativeStickyAssignor, KIP-429). */
function withholding(before: readonly GroupMember[], after: readonly GroupMember[]): GroupMember[] {
  const ownerOf = new Map(
    before.flatMap(({ id, partitions }) => partitions.map((one) => [one, id] as const)),
  );
  return after.map((member) => ({
    ...member,
    partitions: member.partitions.filter((one) => (ownerOf.get(one) ?? member.id) === member.id),
  }));
}
