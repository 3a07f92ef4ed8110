import { PROXY } from '../../trace/kinds.ts';
import { asName } from '../../trace/names.ts';
import { endServer } from '../../trace/routes.ts';
import { COLUMN, type Trace, type TraceHeader } from '../../trace/trace.ts';
import { readingOf } from '../reading/reading.ts';
import { groupName } from '../reading/words.ts';

const ATTEMPT = COLUMN['connection.attempted'];
const ACTOR = COLUMN['actor.started'];

/** The row of `unit.sent` of a unit, or -1. */
export const unitRow = (trace: Trace, unit: number): number =>
  trace.table('unit.sent').rowOf(COLUMN['unit.sent'].unit, unit);

/** The client that a connection belongs to, or -1. */
export function clientOfConnection(trace: Trace, connection: number): number {
  const row = readingOf(trace).attemptOf(connection);
  return row < 0 ? -1 : trace.table('connection.attempted').get(row, ATTEMPT.client);
}

/** The server that a connection was opened to, or what is taken for one (-1, PROXY). */
export function attemptedServer(trace: Trace, connection: number): number {
  const row = readingOf(trace).attemptOf(connection);
  return row < 0 ? -1 : trace.table('connection.attempted').get(row, ATTEMPT.server);
}

/** The server at the end of a connection, or what is in its place. */
export const serverOfConnection = (trace: Trace, connection: number): number =>
  endServer(trace, connection, attemptedServer(trace, connection));

/** The client at the far end of a link, or -1. `link` as in `packet.sent`: twice its number, plus the direction. */
export const clientOfLink = (header: TraceHeader, link: number): number =>
  header.links[link >> 1]?.client ?? -1;

/** A machine at work: a client's is known from the header, a server's from when it started. */
export interface Actor {
  actor: number;
  /** Key of `header.machines`. */
  role: string;
  /** What tells it from the others of its client, '' if nothing has to. */
  name: string;
  client: number;
  /** -1: it runs at the client. */
  server: number;
  connection: number;
  startedUs: number;
}

/** Who an actor is; null: the trace does not know it. */
export function actorOf(trace: Trace, actor: number): Actor | null {
  const { header } = trace;
  const known = header?.actors[actor];
  if (known) return { ...known, actor, startedUs: 0 };
  const table = trace.table('actor.started');
  const row = table.rowOf(ACTOR.actor, actor);
  if (row < 0) return null;
  return {
    actor,
    role: trace.strings[table.get(row, ACTOR.role)] ?? '',
    name: '',
    client: table.get(row, ACTOR.client),
    server: table.get(row, ACTOR.server),
    connection: table.get(row, ACTOR.connection),
    startedUs: table.atUs(row),
  };
}

const named = new WeakMap<TraceHeader, string[]>();

/** What a client is called: its group, and its number where the group has more than one; or what opens connections. */
export function clientName(header: TraceHeader, client: number): string {
  if (client === PROXY) return 'Proxy';
  if (client < 0 && header.loadBalancer !== null) return 'Load balancer';
  let names = named.get(header);
  if (names === undefined) {
    const sizes = new Map<string, number>();
    for (const { group } of header.clients) sizes.set(group, (sizes.get(group) ?? 0) + 1);
    names = header.clients.map((one) => {
      const number = one.name.slice(one.name.lastIndexOf('/') + 1);
      return sizes.get(one.group) === 1 ? groupName(one) : `${groupName(one)} ${number}`;
    });
    named.set(header, names);
  }
  return names[client] ?? `Client ${client + 1}`;
}

/** What a server is called; in its place, what stands in front of it. */
export const serverName = (header: TraceHeader, server: number): string =>
  server === PROXY
    ? 'Proxy'
    : server < 0 && header.loadBalancer !== null
      ? 'Load balancer'
      : asName(header.servers[server]?.name ?? `server-${server + 1}`);

/** What a machine is called: its host, and what it is there for. */
export function actorName(header: TraceHeader, { server, client, name }: Actor): string {
  const own = clientName(header, client);
  if (server >= 0)
    return client >= 0 ? `${serverName(header, server)} for ${own}` : serverName(header, server);
  return name === '' ? own : `${own}, ${name}`;
}
