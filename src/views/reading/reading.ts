import { PACKET } from '../../trace/kinds.ts';
import { endServer } from '../../trace/routes.ts';
import { RowsBy } from '../../trace/rows.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { Flights } from './flights.ts';
import { openEnds } from './open-ends.ts';

const STARTED = COLUMN['actor.started'];
const ATTEMPT = COLUMN['connection.attempted'];
const SENT = COLUMN['packet.sent'];
const ESTABLISHED = COLUMN['connection.established'];
const CLOSED = COLUMN['connection.closed'];

/** Everything that views look up in a trace by who it happened to. Grows with the trace. */
export interface Reading {
  flights: Flights;
  /** Rows of `connection.attempted` by client. */
  attempts: RowsBy;
  /** Rows of `name.resolved`, and of `packet.sent` that are DNS queries, by client. */
  names: RowsBy;
  queries: RowsBy;
  delivered: RowsBy;
  /** Rows of `machine.moved`, `timer.started`, `timer.stopped` by actor. */
  moved: RowsBy;
  timersStarted: RowsBy;
  timersStopped: RowsBy;
  /** Rows of `actor.started` of servers' machines, by client. */
  serverActors: RowsBy;
  /** Rows of `stream.held` in the downward direction, by connection. */
  heldDown: RowsBy;
  faultsEnded: RowsBy;
  /** Rows of `health.changed` by server. */
  health: RowsBy;
  /** Rows of `thread.changed` by server, and by client. */
  threads: RowsBy;
  threadOf: RowsBy;
  /** Rows of `unit.sent` by client, in both directions. */
  units: RowsBy;
  /** Rows of `unit.received` by unit: one at most. */
  received: RowsBy;
  /** Rows of `connection.established` at the client's end, of `connection.secured`, by connection. */
  establishedAtClient: RowsBy;
  secured: RowsBy;
  /** Rows of `connection.closed` at the client's end, by connection. */
  closedAtClient: RowsBy;
  /** Connections that are established at an end, at a time. */
  openAt(end: 'client' | 'server', key: number, atUs: number): number;
  /** Row of `connection.attempted` of a connection, or -1. */
  attemptOf(connection: number): number;
}

const readings = new WeakMap<Trace, Reading>();

/** The reading of a trace: one for all views. */
export function readingOf(trace: Trace): Reading {
  let reading = readings.get(trace);
  if (reading === undefined) {
    reading = createReading(trace);
    readings.set(trace, reading);
  }
  return reading;
}

function createReading(trace: Trace): Reading {
  const by = (kind: Parameters<Trace['table']>[0], column: number) => {
    const table = trace.table(kind);
    return new RowsBy(table, (row) => table.get(row, column));
  };
  const held = trace.table('stream.held');
  const started = trace.table('actor.started');
  const attemptOf = attemptsByConnection(trace);
  const attempted = trace.table('connection.attempted');
  const packets = trace.table('packet.sent');
  const units = trace.table('unit.sent');
  const closed = trace.table('connection.closed');
  const established = trace.table('connection.established');
  return {
    flights: new Flights(trace),
    attempts: by('connection.attempted', ATTEMPT.client),
    names: by('name.resolved', COLUMN['name.resolved'].client),
    queries: new RowsBy(packets, (row) =>
      packets.get(row, SENT.what) & PACKET.DNS && (packets.get(row, SENT.link) & 1) === 0
        ? (trace.header?.links[packets.get(row, SENT.link) >> 1]?.client ?? -1)
        : -1,
    ),
    delivered: by('message.delivered', COLUMN['message.delivered'].client),
    moved: by('machine.moved', COLUMN['machine.moved'].actor),
    timersStarted: by('timer.started', COLUMN['timer.started'].actor),
    timersStopped: by('timer.stopped', COLUMN['timer.stopped'].actor),
    serverActors: new RowsBy(started, (row) =>
      started.get(row, STARTED.server) >= 0 ? started.get(row, STARTED.client) : -1,
    ),
    heldDown: new RowsBy(held, (row) =>
      held.get(row, COLUMN['stream.held'].down) === 1 ? held.get(row, COLUMN['stream.held'].connection) : -1,
    ),
    faultsEnded: by('fault.ended', COLUMN['fault.ended'].fault),
    threads: by('thread.changed', COLUMN['thread.changed'].server),
    threadOf: by('thread.changed', COLUMN['thread.changed'].client),
    health: by('health.changed', COLUMN['health.changed'].server),
    units: new RowsBy(units, (row) => {
      const attempt = attemptOf(units.get(row, COLUMN['unit.sent'].connection));
      return attempt < 0 ? -1 : attempted.get(attempt, ATTEMPT.client);
    }),
    received: by('unit.received', COLUMN['unit.received'].unit),
    establishedAtClient: new RowsBy(established, (row) =>
      established.get(row, ESTABLISHED.down) === 0 ? established.get(row, ESTABLISHED.connection) : -1,
    ),
    secured: by('connection.secured', COLUMN['connection.secured'].connection),
    closedAtClient: new RowsBy(closed, (row) =>
      closed.get(row, CLOSED.down) === 0 ? closed.get(row, CLOSED.connection) : -1,
    ),
    openAt: openConnections(trace, attemptOf),
    attemptOf,
  };
}

function attemptsByConnection(trace: Trace): (connection: number) => number {
  const table = trace.table('connection.attempted');
  const rows = new RowsBy(table, (row) => table.get(row, ATTEMPT.connection));
  return (connection) => rows.of(connection)[0] ?? -1;
}

function openConnections(trace: Trace, attemptOf: (connection: number) => number): Reading['openAt'] {
  const attempted = trace.table('connection.attempted');
  const at = (end: 'client' | 'server') => (connection: number, atUs: number) => {
    const row = attemptOf(connection);
    if (row < 0) return -1;
    const one = attempted.get(row, ATTEMPT[end]);
    return end === 'client' ? one : endServer(trace, connection, one, atUs);
  };
  const ends = { client: openEnds(trace, 0, at('client')), server: openEnds(trace, 1, at('server')) };
  return (end, key, atUs) => ends[end](key, atUs);
}
