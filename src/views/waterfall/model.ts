import { PACKET } from '../../trace/kinds.ts';
import { RowsBy } from '../../trace/rows.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { readingOf } from '../reading/reading.ts';

const ATTEMPT = COLUMN['connection.attempted'];
const CLOSED = COLUMN['connection.closed'];
const RESOLVED = COLUMN['name.resolved'];
const UNIT = COLUMN['unit.sent'];
const SENT = COLUMN['packet.sent'];

/** A request on a connection and what came of it; times as the trace has them, null: not (yet). */
export interface Exchange {
  /** Key of the vocabulary. */
  what: string;
  requestUs: number;
  /** The whole request is at the server. */
  arrivedUs: number | null;
  /** The answer's first byte can be read at the client. */
  firstByteUs: number | null;
  /** The answer's last unit so far is complete at the client. */
  doneUs: number | null;
}

/** The first sign of a connection's end. */
export interface Ending {
  atUs: number;
  by: 'client' | 'server';
  /** `FIN` or `RST` if that was sent, else the reason that was recorded. */
  how: string;
  /** When the client closed or came to know; infinite: it does not, and takes the connection for open. */
  clientUs: number;
}

/** A connection from its first wish on. */
export interface Connection {
  connection: number;
  client: number;
  server: number;
  /** Key of what it was opened for. */
  what: string;
  /** When its name was asked for; equal to `attemptedUs` if the address was at hand. */
  startUs: number;
  attemptedUs: number;
  establishedUs: number | null;
  /** It never was established, and why. */
  failure: { atUs: number; reason: string } | null;
  /** It is, or will be, wrapped in TLS. */
  tls: boolean;
  securedUs: number | null;
  /** How it began to end; null: it does not, as far as the trace goes. */
  ending: Ending | null;
  /** When the last end that closes has closed; null: one has not. */
  overUs: number | null;
  /** After the first answer it stays open, and units of their own come along it. */
  stream: boolean;
}

interface Tables {
  closed: RowsBy;
  /** Packets with FIN or RST: rows of `packet.sent`. */
  farewells: RowsBy;
  resolved: RowsBy;
  units: RowsBy;
  /** Requests: rows of `unit.sent`. */
  requests: RowsBy;
  /** Exchanges that are over, by the row of their request. */
  settled: Map<number, Exchange>;
}

const known = new WeakMap<Trace, Tables>();

/** Rows by connection (names: by client), for all that the waterfall draws. */
export function tablesOf(trace: Trace): Tables {
  let tables = known.get(trace);
  if (tables === undefined) {
    const closed = trace.table('connection.closed');
    const resolved = trace.table('name.resolved');
    const units = trace.table('unit.sent');
    const packets = trace.table('packet.sent');
    tables = {
      closed: new RowsBy(closed, (row) => closed.get(row, CLOSED.connection)),
      farewells: new RowsBy(packets, (row) =>
        packets.get(row, SENT.what) & (PACKET.FIN | PACKET.RST) ? packets.get(row, SENT.connection) : -1,
      ),
      resolved: new RowsBy(resolved, (row) => resolved.get(row, RESOLVED.client)),
      units: new RowsBy(units, (row) => units.get(row, UNIT.connection)),
      requests: new RowsBy(units, (row) =>
        roleOf(trace, row) === 'request' ? units.get(row, UNIT.connection) : -1,
      ),
      settled: new Map(),
    };
    known.set(trace, tables);
  }
  return tables;
}

export const keyOf = (trace: Trace, row: number): string =>
  trace.strings[trace.table('unit.sent').get(row, UNIT.what)] ?? '';

export const roleOf = (trace: Trace, row: number) => trace.header?.vocabulary[keyOf(trace, row)]?.role;

export const timeOf = (
  trace: Trace,
  kind: Parameters<Trace['table']>[0],
  row: number | undefined,
): number | null => (row === undefined || row < 0 ? null : trace.table(kind).atUs(row));

/** The connections attempted up to `nowUs`, by client, within a client by time: rows of `connection.attempted`. */
export function connectionRows(trace: Trace, nowUs: number): number[] {
  const { attempts } = readingOf(trace);
  const rows: number[] = [];
  for (let client = 0; client < (trace.header?.clients.length ?? 0); client++) {
    const own = attempts.of(client);
    const count = attempts.countAt(client, nowUs);
    for (let i = 0; i < count; i++) rows.push(own[i] as number);
  }
  return rows;
}

/** All that is known of a connection. What lies after a time has to be left out by who draws it. */
export function connectionOf(trace: Trace, row: number): Connection {
  const table = trace.table('connection.attempted');
  const connection = table.get(row, ATTEMPT.connection);
  const client = table.get(row, ATTEMPT.client);
  const what = trace.strings[table.get(row, ATTEMPT.what)] ?? '';
  const attemptedUs = table.atUs(row);
  const { establishedAtClient, secured } = readingOf(trace);
  const establishedUs = timeOf(trace, 'connection.established', establishedAtClient.of(connection)[0]);
  const { resolved, units } = tablesOf(trace);
  const name = resolved.lastAt(client, attemptedUs);
  const fresh = name >= 0 && trace.table('name.resolved').atUs(name) === attemptedUs;
  const tookUs = fresh ? trace.table('name.resolved').get(name, RESOLVED.tookUs) : 0;
  const firstUnit = units.of(connection)[0];
  const transport = what.slice(0, what.indexOf('.') + 1);
  const words = Object.entries(trace.header?.vocabulary ?? {});
  return {
    connection,
    client,
    server: table.get(row, ATTEMPT.server),
    what,
    startUs: attemptedUs - tookUs,
    attemptedUs,
    establishedUs,
    failure: establishedUs === null ? failureOf(trace, connection) : null,
    tls: firstUnit !== undefined && keyOf(trace, firstUnit).startsWith('tls.'),
    securedUs: timeOf(trace, 'connection.secured', secured.of(connection)[0]),
    ...endOf(trace, connection),
    stream: words.some(([key, { role }]) => role === 'data' && key.startsWith(transport)),
  };
}

/** A FIN or RST comes before an end counts as closed; an end that only gives up sends none. */
function endOf(trace: Trace, connection: number): Pick<Connection, 'ending' | 'overUs'> {
  const { closed, farewells } = tablesOf(trace);
  const [first, second] = closed.of(connection);
  const [farewell] = farewells.of(connection);
  const records = trace.table('connection.closed');
  const packets = trace.table('packet.sent');
  const closedUs = timeOf(trace, 'connection.closed', first) ?? Number.POSITIVE_INFINITY;
  const clientUs = clientEndUs(trace, connection);
  const overUs = timeOf(trace, 'connection.closed', second);
  if (farewell !== undefined && packets.atUs(farewell) <= closedUs) {
    const by = packets.get(farewell, SENT.link) & 1 ? ('server' as const) : ('client' as const);
    const how = packets.get(farewell, SENT.what) & PACKET.RST ? 'RST' : 'FIN';
    return { ending: { atUs: packets.atUs(farewell), by, how, clientUs }, overUs };
  }
  if (first === undefined) return { ending: null, overUs };
  const by = records.get(first, CLOSED.down) ? ('server' as const) : ('client' as const);
  return { ending: { atUs: closedUs, by, how: reasonAt(trace, first), clientUs }, overUs };
}

/** When the client's own FIN or RST left, the first of the server's was here, or it gave up. */
function clientEndUs(trace: Trace, connection: number): number {
  const packets = trace.table('packet.sent');
  const [closed] = readingOf(trace).closedAtClient.of(connection);
  let first = timeOf(trace, 'connection.closed', closed) ?? Number.POSITIVE_INFINITY;
  for (const row of tablesOf(trace).farewells.of(connection)) {
    const arrives = packets.get(row, SENT.arrivesAtUs);
    const fromServer = (packets.get(row, SENT.link) & 1) === 1;
    if (!fromServer) first = Math.min(first, packets.atUs(row));
    else if (arrives >= 0) first = Math.min(first, packets.atUs(row) + arrives);
  }
  return first;
}

const reasonAt = (trace: Trace, row: number): string =>
  trace.strings[trace.table('connection.closed').get(row, CLOSED.reason)] ?? '';

/** Why and when an attempt failed: the client's end closed before it was open. */
function failureOf(trace: Trace, connection: number): { atUs: number; reason: string } | null {
  const [row] = tablesOf(trace).closed.of(connection);
  if (row === undefined || trace.table('connection.closed').get(row, CLOSED.down) === 1) return null;
  return { atUs: trace.table('connection.closed').atUs(row), reason: reasonAt(trace, row) };
}
