import type { TraceHeader } from '../../trace/trace.ts';
import { groupName } from '../reading/words.ts';
import { count } from '../readout/units.ts';

/** What stands in a row of the clients' column: one client, or all the others of its group. */
export type CastRow =
  | { kind: 'client'; client: number; name: string; transport: string }
  | { kind: 'rest'; clients: number[]; name: string; transport: string };

/** Clients that are shown one by one at most, however much room there is. */
export const MOST_CLIENTS = 12;

interface Group {
  title: string;
  transport: string;
  clients: number[];
  shown: number;
  /** It stands for several groups. */
  several?: boolean;
}

/**
 * Who stands on the stage when there is room for so many rows: everybody if they fit, else some of each group and the
 * rest of it as one row. Groups keep their order; every client is in exactly one row.
 * @param only clients that may stand one by one; null: all
 */
export function castOf(
  header: TraceHeader,
  capacity: number,
  only: readonly number[] | null = null,
): CastRow[] {
  const last = latest.get(header);
  if (last?.capacity === capacity && last.only === only) return last.rows;
  const rows = rowsFor(header, capacity, only);
  latest.set(header, { capacity, only, rows });
  return rows;
}

/** The rows as they were asked for last: a stage that is resized keeps its crowds, and what is counted of them. */
const latest = new WeakMap<
  TraceHeader,
  { capacity: number; only: readonly number[] | null; rows: CastRow[] }
>();

function rowsFor(header: TraceHeader, capacity: number, only: readonly number[] | null): CastRow[] {
  const groups = groupsOf(header, only);
  // The others share a row; whoever is meant has the rest of them.
  const room = Math.max(1, capacity - (only === null ? 0 : 1));
  if (groups.length > room) {
    const merged = groups.splice(room - 1);
    groups.push({
      title: `${merged.length} more groups`,
      transport: '',
      clients: merged.flatMap((group) => group.clients),
      shown: 0,
      several: true,
    });
  }
  shareOut(groups, room);
  return [...groups, ...othersThan(header, only)].flatMap((group) => rowsOf(header, group));
}

function othersThan(header: TraceHeader, only: readonly number[] | null): Group[] {
  if (only === null || only.length === header.clients.length) return [];
  const meant = new Set(only);
  const clients = header.clients.map((_, client) => client).filter((client) => !meant.has(client));
  return [{ title: 'at other servers', transport: '', clients, shown: 0 }];
}

function groupsOf(header: TraceHeader, only: readonly number[] | null): Group[] {
  const groups = new Map<string, Group>();
  const all = only ?? header.clients.map((_, client) => client);
  all.forEach((index) => {
    const client = header.clients[index];
    if (client === undefined) return;
    const group = groups.get(client.group);
    if (group) group.clients.push(index);
    else {
      const title = groupName(client);
      groups.set(client.group, { title, transport: client.transport, clients: [index], shown: 0 });
    }
  });
  return [...groups.values()];
}

/** Gives one more row to each group in turn, as long as anything fits. */
function shareOut(groups: Group[], room: number): void {
  const rows = (group: Group) => group.shown + (group.shown < group.clients.length ? 1 : 0);
  const total = () => groups.reduce((sum, group) => sum + rows(group), 0);
  const clients = () => groups.reduce((sum, group) => sum + group.shown, 0);
  for (let more = true; more; ) {
    more = false;
    for (const group of groups) {
      if (group.shown === group.clients.length || group.transport === '' || clients() >= MOST_CLIENTS)
        continue;
      group.shown++;
      if (total() <= room) more = true;
      else group.shown--;
    }
  }
}

function rowsOf(header: TraceHeader, group: Group): CastRow[] {
  const { title, transport, clients } = group;
  const rows: CastRow[] = clients.slice(0, group.shown).map((client) => {
    const { group: of = '', name = '' } = header.clients[client] ?? {};
    const alone = header.clients.filter((other) => other.group === of).length === 1;
    return {
      kind: 'client',
      client,
      name: alone ? title : `${title} ${name.split('/')[1] ?? ''}`,
      transport,
    };
  });
  const rest = clients.slice(group.shown);
  if (rest.length > 0) {
    rows.push({ kind: 'rest', clients: rest, transport, name: restName(group, rest.length) });
  }
  return rows;
}

/** "SSE: 96 more", "SSE: 100"; several groups go by how many groups they are, others by where they are. */
function restName({ title, transport, shown, several }: Group, clients: number): string {
  if (several) return title;
  if (transport === '') return `${count(clients)} ${title}`;
  return `${title}: ${count(clients)}${shown > 0 ? ' more' : ''}`;
}
