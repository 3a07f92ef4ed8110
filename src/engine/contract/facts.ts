import type { BackplaneCounts } from './backplane.ts';
import type { LoadBalancerFacts } from './load-balancer.ts';
import type { ProxyFacts } from './proxy.ts';

/** What a run counted: the raw material of the report. Times in µs. */
export interface RunFacts {
  groups: GroupFacts[];
  published: number;
  refused: number;
  servers: ServerFacts[];
  loadBalancer: LoadBalancerFacts | null;
  proxy: ProxyFacts | null;
  backplane: BackplaneFacts;
  topics: TopicFacts;
  /** Kernel events executed. */
  events: number;
  fingerprint: string;
}

/** How messages were laid out on topics (`topics` of the scenario). */
export interface TopicFacts {
  /** Topics that there are. */
  topics: number;
  /** Times that a server began to subscribe to one. */
  subscriptions: number;
  /** Messages, copies of messages or signals that were published. */
  publishes: number;
  /** Reads of cached entries by servers. */
  reads: number;
}

/** Hop 2. What nodes worked, and how long work waited for them, has that of their CPUs with it. */
export interface BackplaneFacts extends BackplaneCounts {
  kind: string;
  /** Messages that servers' applications were handed, each time. */
  handed: number;
  /** All links between servers, nodes and sources. */
  wire: WireFacts;
}

export interface GroupFacts {
  name: string;
  clients: number;
  neverReady: number;
  expected: number;
  delivered: number;
  duplicates: number;
  outOfOrder: number;
  /** Messages that came again and were dropped by their id (`repair.dropDuplicates`). */
  deduplicated: number;
  /** Messages that were noticed missing (`repair.detectGaps`), and those of them that came later after all. */
  missed: number;
  recovered: number;
  /** Of those delivered: what came as part of a snapshot (`repair.snapshot`). */
  bySnapshot: number;
  /** Snapshots that clients asked for because of a gap, those that they applied, and the bytes of their states. */
  snapshots: { asked: number; applied: number; bytes: number };
  /** One sample for each delivered message that was expected, in order of delivery. */
  latencyUs: number[];
  /** One sample for each client that got ready. */
  setupUs: number[];
  http: { requests: number; emptyResponses: number; responses: ResponseFacts };
  dns: DnsFacts;
  connections: ConnectionFacts;
  held: HeldFacts;
  wire: WireFacts;
}

/**
 * From a request's being handed to its connection to the response's first byte that the client can read, and to its
 * last: one sample each, of those that came. A stream that goes on has no last byte.
 */
export interface ResponseFacts {
  readonly firstByteUs: readonly number[];
  readonly lastByteUs: readonly number[];
}

/**
 * The server's name, as clients got its address: how often, from the cache, how many queries were repeated, and how
 * long they waited for the others.
 */
export interface DnsFacts {
  answers: number;
  cached: number;
  repeated: number;
  lookupUs: number;
}

/** Head-of-line blocking at clients: how often a connection began to hold bytes behind a hole, and for how long it did. */
export interface HeldFacts {
  holes: number;
  us: number;
}

/** TCP connections, as the client sees them. */
export interface ConnectionFacts {
  attempts: number;
  opened: number;
  failed: number;
  closed: number;
  /** Attempts after the first readiness that replace a lost connection. */
  reconnects: number;
}

export interface WireFacts {
  packets: number;
  bytes: number;
  lostPackets: number;
  retransmissions: number;
}

export interface ServerFacts {
  name: string;
  /** CPU time spent, µs. */
  busyUs: number;
  requests: number;
  handshakes: number;
  /** Messages written to clients. */
  sends: number;
  /** Messages that the backplane handed over again. */
  repeated: number;
  connectionsOpen: number;
  connectionsPeak: number;
  /** Longest wait of a piece of work for the CPU, µs. */
  queuedPeakUs: number;
  crashes: number;
  /** Clients that it had connect anew. */
  sentAway: number;
  /** Snapshots that it made, the bytes of their states, and how often it had to read a room's state first. */
  snapshots: number;
  snapshotBytes: number;
  stateLoads: number;
  /** `servers.threads`: the most that were taken at once, and the longest wait for one, µs. */
  threadsPeak: number;
  threadWaitPeakUs: number;
  /** Requests whose connection was closed, as there was neither a thread nor room in the queue. */
  requestsRefused: number;
}
