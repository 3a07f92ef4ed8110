import type { BackplaneIo } from '../../engine/contract/backplane.ts';
import type { HashOptions } from './options.ts';
import { type Owners, ownersOf } from './owners.ts';

/** A view of the fleet: who was a member at a version. It never changes; replicas hold an older or a newer one. */
export interface View {
  readonly version: number;
  /** Servers by number, rising. */
  readonly members: readonly number[];
  readonly owners: Owners;
  /** The server that owns a client; -1: nobody is there. */
  ownerOf(client: number): number;
}

/** What is hashed for a client. */
const keyOf = (io: BackplaneIo, key: HashOptions['key'], client: number): string => {
  const { name, rooms } = io.clients[client] as BackplaneIo['clients'][number];
  return key === 'room' ? (io.rooms[rooms[0] as number] ?? name) : name;
};

/** @param members servers by number */
export function viewOf(
  io: BackplaneIo,
  options: HashOptions,
  version: number,
  members: readonly number[],
): View {
  const rising = [...members].sort((a, b) => a - b);
  const names = rising.map((server) => io.servers[server]?.name ?? '');
  const owners = ownersOf(options.algorithm, names, options.virtualNodes);
  const known: number[] = [];
  return {
    version,
    members: rising,
    owners,
    ownerOf(client) {
      const owner = known[client];
      if (owner !== undefined) return owner;
      const found = rising[owners.ownerOf(keyOf(io, options.key, client))] ?? -1;
      known[client] = found;
      return found;
    },
  };
}

/** Clients by the server that owns them. Those that nobody owns are left out. */
export function byOwner(view: View, clients: readonly number[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const client of clients) {
    const owner = view.ownerOf(client);
    if (owner < 0) continue;
    const group = groups.get(owner);
    if (group === undefined) groups.set(owner, [client]);
    else group.push(client);
  }
  return groups;
}
