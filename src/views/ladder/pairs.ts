import { asName } from '../../trace/names.ts';
import { chosenServer } from '../../trace/routes.ts';
import { COLUMN, type Trace, type TraceHeader } from '../../trace/trace.ts';
import { placeTitle } from '../reading/places.ts';
import { readingOf } from '../reading/reading.ts';
import { groupName } from '../reading/words.ts';
import { endsOf, peersName } from './peers.ts';

const ATTEMPT = COLUMN['connection.attempted'];

/** A server's lifeline and a client's beside it: every arrow of the client runs between the two. */
export interface Pair {
  client: number;
  name: string;
  transport: string;
  left: number;
  right: number;
  serverX: number;
  clientX: number;
}

/** Room for the times, left of all lifelines. */
export const AXIS_PX = 68;
/** A pair reads well from here on; fewer clients are chosen by themselves rather than narrower ones. */
const COMFORT_PX = 230;
/** Below this arrows are too steep and short to be told apart. */
const NARROWEST_PX = 84;
const WIDEST_PX = 600;
/** Room left of a server's lifeline for its brackets. */
const BESIDE_PX = 26;

const named = new WeakMap<TraceHeader, string[]>();

/** What each client is called: its group's title, with a number where there are more of the kind. */
export function clientName(header: TraceHeader, client: number): string {
  let names = named.get(header);
  if (names === undefined) named.set(header, (names = namesOf(header)));
  return names[client] ?? (peersName(header, client) || `Client ${client + 1}`);
}

function namesOf(header: TraceHeader): string[] {
  const sizes = new Map<string, number>();
  const numbers = header.clients.map(({ group }) => {
    const number = (sizes.get(group) ?? 0) + 1;
    sizes.set(group, number);
    return number;
  });
  return header.clients.map((one, client) =>
    sizes.get(one.group) === 1 ? groupName(one) : `${groupName(one)} ${numbers[client]}`,
  );
}

/** What stands over the right lifeline of a pair. */
function rightName(header: TraceHeader, pair: number): string {
  const ends = endsOf(header, pair);
  return ends === null ? clientName(header, pair) : placeTitle(header, ends.right);
}

/** What the server of a client is called: the one it is, or was last, connected to at a time. */
export function serverName(trace: Trace, client: number, nowUs: number): string {
  const ends = trace.header === null ? null : endsOf(trace.header, client);
  if (trace.header !== null && ends !== null) return placeTitle(trace.header, ends.left);
  return asName(trace.header?.servers[serverOf(trace, client, nowUs)]?.name ?? 'server');
}

/** Who ends the connections of clients before their server, in two short words; '': nobody does, or a pair has none. */
export function viaName(header: TraceHeader | null, pair: number): string {
  if (header === null || endsOf(header, pair) !== null) return '';
  if (header.proxy?.reads) return 'via proxy';
  return header.loadBalancer?.layer === 7 ? 'via balancer' : '';
}

/** The server that a client is, or was last, connected to at a time. */
export function serverOf(trace: Trace, client: number, nowUs: number): number {
  const row = readingOf(trace).attempts.lastAt(client, nowUs);
  if (row < 0) return 0;
  const table = trace.table('connection.attempted');
  const server = table.get(row, ATTEMPT.server);
  return Math.max(0, server >= 0 ? server : chosenServer(trace, table.get(row, ATTEMPT.connection), nowUs));
}

/** How many pairs fit: comfortably, and at all. */
export function room(width: number): { comfortable: number; most: number } {
  const free = width - AXIS_PX;
  const narrow = width <= 480;
  return {
    comfortable: narrow ? 1 : Math.max(1, Math.floor(free / COMFORT_PX)),
    most: narrow ? 1 : Math.max(1, Math.floor(free / NARROWEST_PX)),
  };
}

/**
 * Whose lifelines are shown when nobody has chosen: one client of each group if they fit, else groups spread over all
 * of them, so that who asks and who is told stand side by side. `wanted` is always among them.
 */
export function defaultHosts(header: TraceHeader, most: number, wanted: number | null): number[] {
  const firsts = new Map<string, number>();
  header.clients.forEach(({ group }, client) => {
    if (!firsts.has(group)) firsts.set(group, client);
  });
  const all = [...firsts.values()];
  const count = Math.min(most, all.length);
  const spread = Array.from({ length: count }, (_, i) => {
    const place = count === 1 ? all.length - 1 : Math.round((i * (all.length - 1)) / (count - 1));
    return all[place] as number;
  });
  if (wanted === null || header.clients[wanted] === undefined || spread.includes(wanted)) return spread;
  const group = header.clients[wanted]?.group;
  const kin = spread.findIndex((client) => header.clients[client]?.group === group);
  spread[kin >= 0 ? kin : spread.length - 1] = wanted;
  return spread.sort((a, b) => a - b);
}

/** Places the pairs side by side over the width, those that fit; the rest is left out, which a view has to say. */
export function layoutPairs(header: TraceHeader, clients: readonly number[], width: number): Pair[] {
  const shown = clients
    .filter((client) => header.clients[client] !== undefined || endsOf(header, client) !== null)
    .slice(0, room(width).most);
  const each = Math.min(WIDEST_PX, (width - AXIS_PX) / Math.max(1, shown.length));
  return shown.map((client, i) => {
    const left = AXIS_PX + i * each;
    const beside = Math.min(BESIDE_PX, each * 0.14);
    const notes = Math.min(190, Math.max(each * 0.36, 12));
    return {
      client,
      name: rightName(header, client),
      transport: header.clients[client]?.transport ?? '',
      left,
      right: left + each,
      serverX: Math.round(left + beside),
      clientX: Math.round(left + each - notes),
    };
  });
}
