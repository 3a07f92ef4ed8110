import { PACKET, PROXY } from '../kinds.ts';
import { chosenServer, endServer } from '../routes.ts';
import { RowsOf } from '../rows.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { peersOf } from './peers.ts';

const ATTEMPT = COLUMN['connection.attempted'];
const UNIT = COLUMN['unit.sent'];
const SENT = COLUMN['packet.sent'];
const MESSAGE = COLUMN['message.published'];
const DELIVERED = COLUMN['message.delivered'];
/** Units that hold a snapshot, by the ends of their words. */
const HOLDS_SNAPSHOT = /[.]snapshot$|[.]snapshot-answer$/;

/** Whatever a story asks of a trace, by who it happened to. One for each trace; it grows with it. */
export class Lookup {
  readonly trace: Trace;
  /** Rows of `connection.attempted` by client. */
  readonly attempts: RowsOf;
  /** Rows of `unit.sent` by connection and direction ({@link way}). */
  readonly units: RowsOf;
  /** Rows of `packet.sent` on access links, by connection and direction: those with data, and all. */
  readonly data: RowsOf;
  readonly packets: RowsOf;
  /** Rows of `message.delivered` by client. */
  readonly delivered: RowsOf;
  readonly held: RowsOf;
  readonly names: RowsOf;
  /** Rows of `thread.changed` by client. */
  readonly threads: RowsOf;
  /** Rows of `machine.moved` by actor. */
  readonly moved: RowsOf;
  readonly #byConnection: RowsOf;
  readonly #established: RowsOf;
  readonly #secured: RowsOf;
  readonly #closed: RowsOf;
  readonly #received: RowsOf;
  readonly #carriers: RowsOf;
  readonly #deliveredOf: RowsOf;
  readonly #handedOf: RowsOf;
  readonly #droppedOf: RowsOf;
  readonly #ready: RowsOf;
  /** Rows of `packet.sent` on links behind the access link, by packet: where the rest of a way was decided later. */
  readonly #onwards: RowsOf;

  constructor(trace: Trace) {
    this.trace = trace;
    const by = (kind: Parameters<Trace['table']>[0], field: string) => {
      const table = trace.table(kind);
      const column = (COLUMN[kind] as Record<string, number>)[field] as number;
      return new RowsOf(table, (row, put) => put(table.get(row, column)));
    };
    const ends = (kind: 'connection.established' | 'connection.closed') => {
      const table = trace.table(kind);
      const { connection, down } = COLUMN[kind];
      return new RowsOf(table, (row, put) => put(way(table.get(row, connection), table.get(row, down))));
    };
    this.attempts = by('connection.attempted', 'client');
    this.#byConnection = by('connection.attempted', 'connection');
    this.delivered = by('message.delivered', 'client');
    this.names = by('name.resolved', 'client');
    this.threads = by('thread.changed', 'client');
    this.moved = by('machine.moved', 'actor');
    this.#secured = by('connection.secured', 'connection');
    this.#received = by('unit.received', 'unit');
    this.#deliveredOf = by('message.delivered', 'message');
    this.#handedOf = by('message.handed', 'message');
    this.#droppedOf = by('message.dropped', 'message');
    this.#ready = by('client.ready', 'client');
    this.#established = ends('connection.established');
    this.#closed = ends('connection.closed');
    const held = trace.table('stream.held');
    this.held = new RowsOf(held, (row, put) => put(way(held.get(row, 2), held.get(row, 3))));
    const units = trace.table('unit.sent');
    this.units = new RowsOf(units, (row, put) =>
      put(way(units.get(row, UNIT.connection), units.get(row, UNIT.down))),
    );
    this.#carriers = new RowsOf(units, (row, put) => {
      const first = units.get(row, UNIT.message);
      for (let i = 0; i < units.get(row, UNIT.messages); i++) put(first + i);
    });
    const packets = trace.table('packet.sent');
    const isAccess = (row: number) =>
      trace.header?.links[packets.get(row, SENT.link) >> 1]?.kind === 'access' || trace.header === null;
    const onConnection = (row: number, put: (key: number) => void) => {
      if (isAccess(row)) put(way(packets.get(row, SENT.connection), packets.get(row, SENT.link) & 1));
    };
    this.packets = new RowsOf(packets, onConnection);
    this.data = new RowsOf(packets, (row, put) => {
      if (packets.get(row, SENT.what) & PACKET.DATA) onConnection(row, put);
    });
    this.#onwards = new RowsOf(packets, (row, put) => {
      if (!isAccess(row)) put(packets.get(row, SENT.packet));
    });
  }

  /** Row of `connection.attempted`, or -1. */
  attemptOf(connection: number): number {
    return this.#byConnection.of(connection)[0] ?? -1;
  }

  clientOf(connection: number): number {
    return this.#owner(connection, ATTEMPT.client);
  }

  /** Whether a connection ends at a proxy. */
  endsAtProxy(connection: number): boolean {
    return this.#owner(connection, ATTEMPT.server) === PROXY;
  }

  /** Whose a packet is, on the client's own link or on the server's; -1: it is between two of the datacenter. */
  clientOfPacket(row: number): number {
    const packets = this.trace.table('packet.sent');
    const { client = -1 } = this.trace.header?.links[packets.get(row, SENT.link) >> 1] ?? {};
    return client >= 0 ? client : this.clientOf(packets.get(row, SENT.connection));
  }

  serverOf(connection: number): number {
    return endServer(this.trace, connection, this.#owner(connection, ATTEMPT.server));
  }

  /** The server that is asked on a connection at a time, by way of others too; -1: none was chosen yet. */
  servedBy(connection: number, atUs = this.trace.knownUntilUs): number {
    const server = this.serverOf(connection);
    return server >= 0 ? server : chosenServer(this.trace, connection, atUs);
  }

  #owner(connection: number, column: number): number {
    const row = this.attemptOf(connection);
    return row < 0 ? -1 : this.trace.table('connection.attempted').get(row, column);
  }

  /** Row of `connection.established` at an end (0 client, 1 server), or -1. */
  establishedRow(connection: number, down: 0 | 1): number {
    return this.#established.of(way(connection, down))[0] ?? -1;
  }

  securedRow(connection: number): number {
    return this.#secured.of(connection)[0] ?? -1;
  }

  /** Row of `connection.closed` at an end, or -1. */
  closedRow(connection: number, down: 0 | 1): number {
    return this.#closed.of(way(connection, down))[0] ?? -1;
  }

  /** Row of `unit.sent` of a unit, or -1. */
  unitRow(unit: number): number {
    return this.trace.table('unit.sent').rowOf(UNIT.unit, unit);
  }

  /** Row of `unit.received` of a unit, or -1. */
  receivedRow(unit: number): number {
    return this.#received.of(unit)[0] ?? -1;
  }

  /** Row of `message.published` of a message, or -1. */
  publishedRow(message: number): number {
    return this.trace.table('message.published').rowOf(MESSAGE.message, message);
  }

  /** Rows of the units that carried a message to a client, oldest first; the last may be a snapshot that stands for it. */
  carriers(message: number, client: number): number[] {
    const units = this.trace.table('unit.sent');
    const own = this.#carriers
      .of(message)
      .filter(
        (row) => units.get(row, UNIT.down) === 1 && this.clientOf(units.get(row, UNIT.connection)) === client,
      );
    const unit = this.#snapshotUnit(this.appliedRow(message, client));
    return unit < 0 ? own : [...own.filter((row) => row < unit), unit];
  }

  /** Rows of the units in which a client, and whoever passed it on, sent a message up, oldest first. */
  writes(message: number): number[] {
    const units = this.trace.table('unit.sent');
    return this.#carriers
      .of(message)
      .filter(
        (row) => units.get(row, UNIT.down) === 0 && this.attemptOf(units.get(row, UNIT.connection)) >= 0,
      );
  }

  /** Row of the `snapshot.applied` that brought a message to a client, or -1: it came by itself, or not at all. */
  appliedRow(message: number, client: number): number {
    const delivered = this.deliveredRow(message, client);
    if (delivered < 0) return -1;
    const cause = this.trace.table('message.delivered').get(delivered, 1);
    return this.trace.table('snapshot.applied').rowOfSeq(cause);
  }

  /** Row of the unit in which a snapshot came that a client applied: its last before that; -1: none. */
  #snapshotUnit(applied: number): number {
    if (applied < 0) return -1;
    const table = this.trace.table('snapshot.applied');
    const seq = table.get(applied, 0);
    const units = this.trace.table('unit.sent');
    const received = this.trace.table('unit.received');
    let [best, bestSeq] = [-1, -1];
    for (const attempt of this.attempts.of(table.get(applied, COLUMN['snapshot.applied'].client))) {
      const connection = this.trace.table('connection.attempted').get(attempt, ATTEMPT.connection);
      for (const row of this.units.of(way(connection, 1))) {
        if (!HOLDS_SNAPSHOT.test(this.trace.strings[units.get(row, UNIT.what)] ?? '')) continue;
        const at = this.receivedRow(units.get(row, UNIT.unit));
        const came = at < 0 ? Number.POSITIVE_INFINITY : received.get(at, 0);
        if (came < seq && came > bestSeq) [best, bestSeq] = [row, came];
      }
    }
    return best;
  }

  /** Rows of the units that carried a message from place to place in the datacenter, oldest first. */
  peerCarriers(message: number): number[] {
    const units = this.trace.table('unit.sent');
    return this.#carriers
      .of(message)
      .filter((row) => peersOf(this.trace, units.get(row, UNIT.connection)) !== null);
  }

  /** Rows of the units that carried a message down a load balancer's or a proxy's own connection, oldest first. */
  balancerCarriers(message: number): number[] {
    const units = this.trace.table('unit.sent');
    return this.#carriers.of(message).filter((row) => {
      const connection = units.get(row, UNIT.connection);
      return (
        units.get(row, UNIT.down) === 1 && this.attemptOf(connection) >= 0 && this.clientOf(connection) < 0
      );
    });
  }

  /** Rows of `message.handed` of a message, oldest first. */
  handedRows(message: number): readonly number[] {
    return this.#handedOf.of(message);
  }

  /** Rows of `message.dropped` of a message, oldest first. */
  droppedRows(message: number): readonly number[] {
    return this.#droppedOf.of(message);
  }

  /** Row of `message.delivered` of a message at a client, or -1. */
  deliveredRow(message: number, client: number): number {
    const table = this.trace.table('message.delivered');
    return this.#deliveredOf.of(message).find((row) => table.get(row, DELIVERED.client) === client) ?? -1;
  }

  /** Rows of `message.delivered` of a message, oldest first. */
  deliveries(message: number): readonly number[] {
    return this.#deliveredOf.of(message);
  }

  /** Row of `client.ready`, or -1. */
  readyRow(client: number): number {
    return this.#ready.of(client)[0] ?? -1;
  }

  /** When and how a packet's way ends, the part behind the access link included. */
  endOf(row: number): { atUs: number; lost: boolean; reason: string } {
    const table = this.trace.table('packet.sent');
    const sentUs = table.atUs(row);
    const dropsUs = table.get(row, SENT.dropsAtUs);
    if (dropsUs >= 0)
      return {
        atUs: sentUs + dropsUs,
        lost: true,
        reason: this.trace.strings[table.get(row, SENT.reason)] ?? '',
      };
    const seq = table.get(row, 0);
    const onward = this.#onwards.of(table.get(row, SENT.packet)).find((next) => table.get(next, 1) === seq);
    if (onward !== undefined && onward !== row) return this.endOf(onward);
    return { atUs: sentUs + table.get(row, SENT.arrivesAtUs), lost: false, reason: '' };
  }
}

/** The key of one direction of a connection. */
export const way = (connection: number, down: number): number => connection * 2 + down;

const lookups = new WeakMap<Trace, Lookup>();

/** The lookup of a trace: one for all stories. */
export function lookupOf(trace: Trace): Lookup {
  let lookup = lookups.get(trace);
  if (lookup === undefined) {
    lookup = new Lookup(trace);
    lookups.set(trace, lookup);
  }
  return lookup;
}
