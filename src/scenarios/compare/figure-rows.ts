import type { GroupReport, Report, ServerReport } from '../report.ts';

/** A row of the table: one figure of each variant's report. */
export interface Figure {
  /** Where it stands in the report, or what it is made of. */
  id: string;
  section: string;
  title: string;
  unit: 'ms' | 'kB' | 'B' | '';
  /** Which is better; null: it is a fact and no merit. */
  better: 'less' | 'more' | null;
  about: string;
  /** null: no sample, or no run yet. */
  values: (number | null)[];
}

/** A figure, and where a report has it. */
export type Row = Omit<Figure, 'values'> & {
  of(report: Report, group: Part): number | null;
  /** Shown only where there is any. */
  seldom?: true;
};
/** What a report says of one group, or of all together. */
export type Part = Pick<GroupReport, 'deliveries' | 'setupMs' | 'wire'> & Partial<GroupReport>;

const row = (
  section: string,
  id: string,
  title: string,
  unit: Row['unit'],
  better: Row['better'],
  about: string,
  of: Row['of'],
): Row => ({ section, id, title, unit, better, about, of });

/** A row that is left out where all of it is nothing. */
const seldom = (...args: Parameters<typeof row>): Row => ({ ...row(...args), seldom: true });

const TOPIC_WORDS = {
  topics: 'Topics that there are: rooms, or users.',
  subscriptions: 'Times that a server began to subscribe to a topic.',
  publishes: 'Updates, their copies, or signals, as they were published.',
  reads: 'Reads of cached entries by servers.',
} as const;

const DELIVERED = 'Delivered';
const LATENCY = 'Latency';
const COST = 'Cost';
const SERVERS = 'Servers';

/** The rows of the table, in their order. */
export const ROWS: readonly Row[] = [
  row(
    DELIVERED,
    'deliveries.expected',
    'expected',
    '',
    null,
    'An update and a client of its room that was ready.',
    (_, { deliveries }) => deliveries.expected,
  ),
  row(
    DELIVERED,
    'deliveries.delivered',
    'delivered',
    '',
    null,
    'The application has it, the first time.',
    (_, { deliveries }) => deliveries.delivered,
  ),
  row(
    DELIVERED,
    'deliveries.lost',
    'lost',
    '',
    'less',
    'Expected, and not there when the run ends.',
    (_, { deliveries }) => deliveries.lost,
  ),
  row(
    DELIVERED,
    'deliveries.duplicates',
    'duplicates',
    '',
    'less',
    'Handed to the application again.',
    (_, { deliveries }) => deliveries.duplicates,
  ),
  row(
    DELIVERED,
    'deliveries.outOfOrder',
    'out of order',
    '',
    'less',
    'Older than one of its room that was handed over already.',
    (_, { deliveries }) => deliveries.outOfOrder,
  ),
  seldom(
    DELIVERED,
    'deliveries.bySnapshot',
    'by snapshot',
    '',
    null,
    'Delivered, but not one by one: a room’s state stood for them.',
    (_, { deliveries }) => deliveries.bySnapshot,
  ),
  row(
    DELIVERED,
    'totals.refused',
    'refused',
    '',
    'less',
    'No server was there to take it.',
    ({ totals }) => totals.refused,
  ),
  row(
    LATENCY,
    'deliveries.latencyMs.p50',
    'p50',
    'ms',
    'less',
    'Half of the deliveries took no longer.',
    (_, { deliveries }) => deliveries.latencyMs.p50,
  ),
  row(
    LATENCY,
    'deliveries.latencyMs.p99',
    'p99',
    'ms',
    'less',
    '99 of 100 deliveries took no longer.',
    (_, { deliveries }) => deliveries.latencyMs.p99,
  ),
  row(
    LATENCY,
    'deliveries.latencyMs.max',
    'slowest',
    'ms',
    'less',
    'The slowest delivery.',
    (_, { deliveries }) => deliveries.latencyMs.max,
  ),
  row(
    LATENCY,
    'setupMs.p50',
    'set-up p50',
    'ms',
    'less',
    'From the wish to connect to the first readiness.',
    (_, { setupMs }) => setupMs.p50,
  ),
  seldom(
    LATENCY,
    'held.ms',
    'held behind holes',
    'ms',
    'less',
    'How long connections had bytes that they could not hand over, as something before them was lost.',
    (report, group) => sumOf(report, group, ({ held }) => held.ms),
  ),
  row(
    COST,
    'http.requests',
    'requests',
    '',
    'less',
    'HTTP requests, upgrades and event streams included.',
    (report, group) => sumOf(report, group, ({ http }) => http.requests),
  ),
  row(
    COST,
    'http.emptyResponses',
    'empty answers',
    '',
    'less',
    'Complete answers without an update.',
    (report, group) => sumOf(report, group, ({ http }) => http.emptyResponses),
  ),
  row(
    COST,
    'connections.attempts',
    'connections',
    '',
    'less',
    'TCP connections that were begun.',
    (report, group) => sumOf(report, group, ({ connections }) => connections.attempts),
  ),
  row(
    COST,
    'connections.reconnects',
    'reconnections',
    '',
    'less',
    'Attempts that replace a lost connection.',
    (report, group) => sumOf(report, group, ({ connections }) => connections.reconnects),
  ),
  row(
    COST,
    'wire.packets',
    'packets',
    '',
    'less',
    'On the access links, both ways, acknowledgements included.',
    (_, { wire }) => wire.packets,
  ),
  row(
    COST,
    'wire.bytes',
    'bytes',
    'kB',
    'less',
    'On the access links, both ways, all headers included.',
    (_, { wire }) => wire.bytes,
  ),
  row(
    COST,
    'bytesPerDelivery',
    'per delivered update',
    'B',
    'less',
    'Bytes on the access links for each update that arrived.',
    (_, { wire, deliveries }) => (deliveries.delivered === 0 ? null : wire.bytes / deliveries.delivered),
  ),
  row(
    COST,
    'wire.lostPackets',
    'lost packets',
    '',
    null,
    'By loss, full queues and links that are down.',
    (_, { wire }) => wire.lostPackets,
  ),
  row(
    COST,
    'wire.retransmissions',
    'sent again',
    '',
    'less',
    'Retransmissions.',
    (_, { wire }) => wire.retransmissions,
  ),
  seldom(
    COST,
    'snapshots.bytes',
    'states in snapshots',
    'kB',
    'less',
    'The states of rooms that stood for missed updates; they are part of the bytes above.',
    (report, group) => sumOf(report, group, ({ snapshots }) => snapshots.bytes),
  ),
  row(SERVERS, 'servers.busyMs', 'CPU', 'ms', 'less', 'CPU time of all servers together.', (report) =>
    total(report, ({ busyMs }) => busyMs),
  ),
  row(
    SERVERS,
    'servers.queuedPeakMs',
    'longest wait for the CPU',
    'ms',
    'less',
    'Of any piece of work at any server.',
    ({ servers }) => Math.max(0, ...Object.values(servers).map(({ queuedPeakMs }) => queuedPeakMs)),
  ),
  row(
    SERVERS,
    'servers.sends',
    'written to clients',
    '',
    null,
    'Updates that servers wrote, once for each client.',
    (report) => total(report, ({ sends }) => sends),
  ),
  ...(['topics', 'subscriptions', 'publishes', 'reads'] as const).map((key) =>
    (key === 'reads' ? seldom : row)(
      'Hop 2',
      `topics.${key}`,
      key,
      '',
      null,
      TOPIC_WORDS[key],
      ({ topics }) => topics[key],
    ),
  ),
];

/** What the whole report counts for everybody is summed over the groups where it has no sum of its own. */
function sumOf(report: Report, part: Part, of: (group: GroupReport) => number): number {
  if (part.http !== undefined) return of(part as GroupReport);
  return Object.values(report.groups).reduce((sum, group) => sum + of(group), 0);
}

const total = ({ servers }: Report, of: (server: ServerReport) => number) =>
  Object.values(servers).reduce((sum, server) => sum + of(server), 0);
