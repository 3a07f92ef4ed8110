import type {
  BackplaneFacts,
  GroupFacts,
  RunFacts,
  ServerFacts,
  TopicFacts,
  WireFacts,
} from '../engine/contract/facts.ts';
import type { LoadBalancerFacts } from '../engine/contract/load-balancer.ts';
import type { Plan } from '../engine/contract/plan.ts';
import type { ProxyFacts } from '../engine/contract/proxy.ts';
import { metricValue } from './metrics.ts';
import { type Summary, summarise } from './summary.ts';

export type { Summary } from './summary.ts';

export interface DeliveriesReport {
  expected: number;
  delivered: number;
  lost: number;
  duplicates: number;
  outOfOrder: number;
  /** Came again and were dropped by their id; noticed missing, and of those, came later after all. */
  deduplicated: number;
  missed: number;
  recovered: number;
  /** Of those delivered: what came as part of a snapshot, not one by one. */
  bySnapshot: number;
  latencyMs: Summary;
}

export type WireReport = WireFacts;

/** From the request's being handed to a connection to a response's first byte, and to its last. */
export interface ResponsesReport {
  begun: number;
  /** Of those begun, what came to its end. */
  complete: number;
  firstByteMs: Summary;
  lastByteMs: Summary;
}

export interface GroupReport {
  clients: number;
  neverReady: number;
  deliveries: DeliveriesReport;
  setupMs: Summary;
  http: { requests: number; emptyResponses: number; responses: ResponsesReport };
  /** Addresses of the server that clients got, those from their cache, queries repeated, the time of the other lookups. */
  dns: { answers: number; cached: number; repeated: number; lookupMs: number };
  connections: { attempts: number; opened: number; failed: number; closed: number; reconnects: number };
  /** Head-of-line blocking at clients: holes behind which bytes were held, and how long connections held any. */
  held: { holes: number; ms: number };
  wire: WireReport;
  /** Snapshots: asked for because of a gap, applied, and the bytes of the applied states. */
  snapshots: { asked: number; applied: number; bytes: number };
}

export interface ServerReport {
  /** CPU time spent. */
  busyMs: number;
  requests: number;
  /** TLS handshakes, full and resumed. */
  handshakes: number;
  /** Messages written to clients. */
  sends: number;
  /** Messages that the backplane handed over again. */
  repeated: number;
  connectionsOpen: number;
  connectionsPeak: number;
  /** Longest wait of a piece of work for the CPU. */
  queuedPeakMs: number;
  crashes: number;
  /** Clients that it had connect anew. */
  sentAway: number;
  /** Snapshots that it made, the bytes of their states, and how often it had to read a state first. */
  snapshots: number;
  snapshotBytes: number;
  stateLoads: number;
  /** `servers.threads`: the most that were taken at once, the longest wait for one, and whom none was left for. */
  threadsPeak: number;
  threadWaitPeakMs: number;
  requestsRefused: number;
}

/** What the load balancer did; see {@link LoadBalancerFacts} for the meaning of its counts. */
export type LoadBalancerReport = Omit<LoadBalancerFacts, 'busyUs' | 'queuedPeakUs' | 'servers'> & {
  busyMs: number;
  queuedPeakMs: number;
  /** Connections (layer 4) or requests (layer 7): passed to a server ever, at hand now, and at most. */
  servers: Record<string, { chosen: number; open: number; peak: number }>;
};

/** What hop 2 did; see {@link BackplaneFacts} for the meaning of its counts. */
export type BackplaneReport = Omit<BackplaneFacts, 'busyUs' | 'queuedPeakUs'> & {
  busyMs: number;
  queuedPeakMs: number;
};

export interface ExpectationReport {
  metric: string;
  min: number | null;
  max: number | null;
  /** null: there is no sample; that fails. */
  actual: number | null;
  ok: boolean;
}

/** The outcome of a run. Two runs of one scenario differ in `engine.wallMs` alone. */
export interface Report {
  scenario: { name: string; seed: number; durationMs: number };
  groups: Record<string, GroupReport>;
  totals: {
    published: number;
    refused: number;
    deliveries: DeliveriesReport;
    setupMs: Summary;
    wire: WireReport;
  };
  servers: Record<string, ServerReport>;
  /** Each where the edge has one. */
  loadBalancer?: LoadBalancerReport;
  proxy?: ProxyFacts;
  backplane: BackplaneReport;
  /** How updates were laid out on topics. */
  topics: TopicFacts;
  expectations: ExpectationReport[];
  engine: { events: number; fingerprint: string; wallMs: number };
}

/**
 * Turns what a run counted into its report.
 * @param wallMs how long the run took by the wall clock, as the caller measured it
 */
export function reportOf(plan: Plan, facts: RunFacts, wallMs: number): Report {
  const report: Report = {
    scenario: { name: plan.name, seed: plan.seed, durationMs: plan.durationMs },
    groups: Object.fromEntries(facts.groups.map((group) => [group.name, groupReport(group)])),
    totals: {
      published: facts.published,
      refused: facts.refused,
      deliveries: deliveries(facts.groups),
      setupMs: summarise(facts.groups.flatMap((group) => group.setupUs)),
      wire: wire(facts.groups),
    },
    servers: Object.fromEntries(facts.servers.map((server) => [server.name, serverReport(server)])),
    ...(facts.loadBalancer === null ? {} : { loadBalancer: loadBalancerReport(facts.loadBalancer) }),
    ...(facts.proxy === null ? {} : { proxy: facts.proxy }),
    backplane: backplane(facts.backplane),
    topics: { ...facts.topics },
    expectations: [],
    engine: { events: facts.events, fingerprint: facts.fingerprint, wallMs },
  };
  report.expectations = plan.expect.map((expectation) => judge(report, expectation));
  return report;
}

/** Whether every expectation holds. */
export function allHold(report: Report): boolean {
  return report.expectations.every((expectation) => expectation.ok);
}

function judge(report: Report, { metric, min, max }: Plan['expect'][number]): ExpectationReport {
  const actual = metricValue(report, metric);
  const ok = actual !== null && (min === null || actual >= min) && (max === null || actual <= max);
  return { metric, min, max, actual, ok };
}

function groupReport(group: GroupFacts): GroupReport {
  const { requests, emptyResponses } = group.http;
  const { firstByteUs, lastByteUs } = group.http.responses;
  const responses = {
    begun: firstByteUs.length,
    complete: lastByteUs.length,
    firstByteMs: summarise(firstByteUs),
    lastByteMs: summarise(lastByteUs),
  };
  const { answers, cached, repeated, lookupUs } = group.dns;
  const { attempts, opened, failed, closed, reconnects } = group.connections;
  return {
    clients: group.clients,
    neverReady: group.neverReady,
    deliveries: deliveries([group]),
    setupMs: summarise(group.setupUs),
    http: { requests, emptyResponses, responses },
    dns: { answers, cached, repeated, lookupMs: lookupUs / 1000 },
    connections: { attempts, opened, failed, closed, reconnects },
    held: { holes: group.held.holes, ms: group.held.us / 1000 },
    wire: wire([group]),
    snapshots: { ...group.snapshots },
  };
}

function deliveries(groups: readonly GroupFacts[]): DeliveriesReport {
  const expected = total(groups, (group) => group.expected);
  const delivered = total(groups, (group) => group.delivered);
  const [first] = groups;
  return {
    expected,
    delivered,
    lost: expected - delivered,
    duplicates: total(groups, (group) => group.duplicates),
    outOfOrder: total(groups, (group) => group.outOfOrder),
    deduplicated: total(groups, (group) => group.deduplicated),
    missed: total(groups, (group) => group.missed),
    recovered: total(groups, (group) => group.recovered),
    bySnapshot: total(groups, (group) => group.bySnapshot),
    latencyMs: summarise(
      groups.length === 1 && first ? first.latencyUs : groups.flatMap((group) => group.latencyUs),
    ),
  };
}

function wire(groups: readonly GroupFacts[]): WireReport {
  return {
    packets: total(groups, (group) => group.wire.packets),
    bytes: total(groups, (group) => group.wire.bytes),
    lostPackets: total(groups, (group) => group.wire.lostPackets),
    retransmissions: total(groups, (group) => group.wire.retransmissions),
  };
}

function backplane({ kind, wire: packets, ...counts }: BackplaneFacts): BackplaneReport {
  const { published, forwarded, handed, appended, redelivered, dropped, movedClients, misrouted } = counts;
  return {
    kind,
    published,
    forwarded,
    handed,
    appended,
    redelivered,
    dropped,
    movedClients,
    misrouted,
    busyMs: counts.busyUs / 1000,
    queuedPeakMs: counts.queuedPeakUs / 1000,
    wire: { ...packets },
  };
}

function serverReport(server: ServerFacts): ServerReport {
  return {
    busyMs: server.busyUs / 1000,
    requests: server.requests,
    handshakes: server.handshakes,
    sends: server.sends,
    repeated: server.repeated,
    connectionsOpen: server.connectionsOpen,
    connectionsPeak: server.connectionsPeak,
    queuedPeakMs: server.queuedPeakUs / 1000,
    crashes: server.crashes,
    sentAway: server.sentAway,
    snapshots: server.snapshots,
    snapshotBytes: server.snapshotBytes,
    stateLoads: server.stateLoads,
    threadsPeak: server.threadsPeak,
    threadWaitPeakMs: server.threadWaitPeakUs / 1000,
    requestsRefused: server.requestsRefused,
  };
}

function loadBalancerReport(facts: LoadBalancerFacts): LoadBalancerReport {
  const { busyUs, queuedPeakUs, servers, ...counts } = facts;
  return {
    ...counts,
    busyMs: busyUs / 1000,
    queuedPeakMs: queuedPeakUs / 1000,
    servers: Object.fromEntries(
      servers.map(({ name, chosen, open, peak }) => [name, { chosen, open, peak }]),
    ),
  };
}

const total = (groups: readonly GroupFacts[], of: (group: GroupFacts) => number) =>
  groups.reduce((sum, group) => sum + of(group), 0);
