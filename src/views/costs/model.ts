import { COLUMN, type Trace, type TraceHeader } from '../../trace/trace.ts';
import { groupsOf, type Samples, samplesOf } from '../reading/samples.ts';
import { Tally } from '../reading/tally.ts';
import { groupName } from '../reading/words.ts';

const PUBLISHED = COLUMN['message.published'];
const SENT = COLUMN['packet.sent'];
const UNIT = COLUMN['unit.sent'];
const APPLIED = COLUMN['snapshot.applied'];

/** What a group has cost up to a time. Latencies in µs, null while there is none. */
export interface GroupCosts {
  group: string;
  title: string;
  transport: string;
  clients: number;
  p50Us: number | null;
  p99Us: number | null;
  delivered: number;
  /** Expected and not delivered yet: lost, once the run is over. */
  missing: number;
  requests: number;
  packets: number;
  lostPackets: number;
  bytesUp: number;
  bytesDown: number;
  /** Messages that snapshots stood for, and the bytes of those snapshots' states. */
  bySnapshot: number;
  snapshotBytes: number;
  /** Both directions; null while nothing has been delivered. */
  bytesPerDelivery: number | null;
}

/** Counters of a group in the tally of packets. */
const PACKETS = 0;
const LOST = 1;
const UP = 2;
const DOWN = 3;
const PACKET_WIDTH = 4;
/** Counters of a group in the tally of snapshots. */
const STOOD_FOR = 0;
const STATE = 1;
const SNAPSHOT_WIDTH = 2;

interface CostedGroup {
  name: string;
  title: string;
  transport: string;
  clients: number;
}

/** Counts what each group costs, as of any time; one for each trace. */
export class CostsModel {
  readonly groups: CostedGroup[];
  readonly #trace: Trace;
  readonly #groupOfClient: number[];
  readonly #samples: Samples;
  readonly #packets: Tally;
  readonly #requests: Tally;
  readonly #expected: Tally;
  readonly #snapshots: Tally;

  constructor(trace: Trace, header: TraceHeader) {
    this.#trace = trace;
    const { names, ofClient } = groupsOf(header);
    this.#groupOfClient = ofClient;
    const sizes = new Map<number, number>();
    for (const group of ofClient) sizes.set(group, (sizes.get(group) ?? 0) + 1);
    this.groups = names.map((name, index) => {
      const first = header.clients[this.#groupOfClient.indexOf(index)];
      const clients = sizes.get(index) ?? 0;
      return { name, title: first ? groupName(first) : name, transport: first?.transport ?? '', clients };
    });
    this.#samples = samplesOf(trace, header);
    this.#packets = this.#packetTally(header);
    this.#requests = this.#requestTally(header);
    this.#expected = this.#expectedTally(header);
    this.#snapshots = this.#snapshotTally();
  }

  /**
   * Costs up to and including `nowUs`, in the order of the scenario.
   * @param wanted groups by their places; all of them if not given
   */
  at(nowUs: number, wanted: Iterable<number> = this.groups.keys()): GroupCosts[] {
    const packets = this.#packets.at(nowUs);
    const requests = this.#requests.at(nowUs);
    const expected = this.#expected.at(nowUs);
    const snapshots = this.#snapshots.at(nowUs);
    return Array.from(wanted, (group) => {
      const { name, title, transport, clients } = this.groups[group] as CostedGroup;
      const delivered = this.#samples.countAt(group, nowUs);
      const of = (counter: number) => packets[group * PACKET_WIDTH + counter] as number;
      const bytes = of(UP) + of(DOWN);
      return {
        group: name,
        title,
        transport,
        clients,
        p50Us: this.#samples.quantileAt(group, nowUs, 0.5),
        p99Us: this.#samples.quantileAt(group, nowUs, 0.99),
        delivered,
        missing: Math.max(0, (expected[group] as number) - delivered),
        requests: requests[group] as number,
        packets: of(PACKETS),
        lostPackets: of(LOST),
        bytesUp: of(UP),
        bytesDown: of(DOWN),
        bySnapshot: snapshots[group * SNAPSHOT_WIDTH + STOOD_FOR] as number,
        snapshotBytes: snapshots[group * SNAPSHOT_WIDTH + STATE] as number,
        bytesPerDelivery: delivered > 0 ? bytes / delivered : null,
      };
    });
  }

  #packetTally(header: TraceHeader): Tally {
    const table = this.#trace.table('packet.sent');
    return new Tally(table, this.groups.length * PACKET_WIDTH, (row, counts) => {
      const link = table.get(row, SENT.link);
      const group = this.#groupOfClient[header.links[link >> 1]?.client ?? -1];
      if (group === undefined) return;
      const at = group * PACKET_WIDTH;
      counts[at + PACKETS]! += 1;
      counts[at + ((link & 1) === 1 ? DOWN : UP)]! += table.get(row, SENT.bytes);
      if (table.get(row, SENT.dropsAtUs) >= 0) counts[at + LOST]! += 1;
    });
  }

  #snapshotTally(): Tally {
    const table = this.#trace.table('snapshot.applied');
    return new Tally(table, this.groups.length * SNAPSHOT_WIDTH, (row, counts) => {
      const group = this.#groupOfClient[table.get(row, APPLIED.client)];
      if (group === undefined) return;
      counts[group * SNAPSHOT_WIDTH + STOOD_FOR]! += table.get(row, APPLIED.messages);
      counts[group * SNAPSHOT_WIDTH + STATE]! += table.get(row, APPLIED.bytes);
    });
  }

  #requestTally(header: TraceHeader): Tally {
    const table = this.#trace.table('unit.sent');
    const attempted = this.#trace.table('connection.attempted');
    const column = COLUMN['connection.attempted'];
    const clients = new Map<number, number>();
    let read = 0;
    const clientOf = (connection: number) => {
      for (; read < attempted.length; read++) {
        clients.set(attempted.get(read, column.connection), attempted.get(read, column.client));
      }
      return clients.get(connection) ?? -1;
    };
    return new Tally(table, this.groups.length, (row, counts) => {
      if (table.get(row, UNIT.down) === 1) return;
      const key = this.#trace.strings[table.get(row, UNIT.what)] ?? '';
      if (header.vocabulary[key]?.role !== 'request') return;
      const group = this.#groupOfClient[clientOf(table.get(row, UNIT.connection))];
      if (group !== undefined) counts[group]! += 1;
    });
  }

  /**
   * A message is expected by the clients of its room that were ready by then. How many those are is counted along:
   * behind the groups' counters lie the row of `client.ready` that is next, and the ready clients by group and room.
   */
  #expectedTally(header: TraceHeader): Tally {
    const published = this.#trace.table('message.published');
    const ready = this.#trace.table('client.ready');
    const groups = this.groups.length;
    const rooms = Math.max(1, header.rooms.length);
    const next = groups;
    const readyAt = groups + 1;
    return new Tally(published, readyAt + groups * rooms, (row, counts) => {
      const atUs = published.atUs(row);
      let reader = counts[next] as number;
      for (; reader < ready.length && ready.atUs(reader) <= atUs; reader++) {
        const client = ready.get(reader, COLUMN['client.ready'].client);
        const group = this.#groupOfClient[client] ?? -1;
        if (group >= 0)
          for (const room of header.clients[client]?.rooms ?? [])
            counts[readyAt + group * rooms + room]! += 1;
      }
      counts[next] = reader;
      const room = published.get(row, PUBLISHED.room);
      for (let group = 0; group < groups; group++)
        counts[group]! += counts[readyAt + group * rooms + room] as number;
    });
  }
}

const models = new WeakMap<Trace, { header: TraceHeader; model: CostsModel }>();

/** The model of a trace. */
export function costsOf(trace: Trace, header: TraceHeader): CostsModel {
  let known = models.get(trace);
  if (known?.header !== header) models.set(trace, (known = { header, model: new CostsModel(trace, header) }));
  return known.model;
}
