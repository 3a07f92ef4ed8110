/** What each number of a report means, by the place that it has there. Metric paths and the reference are made from it. */

/** Several keys under one, each with its meaning. */
export type Numbers = Readonly<Record<string, string>>;

export const SUMMARY_NUMBERS = {
  count: 'Samples. With none, all the others are null.',
  mean: 'Arithmetic mean, ms.',
  sd: 'Standard deviation of the sample (n − 1), ms; 0 of a single one.',
  min: 'The smallest, ms.',
  p50: 'Median, ms. Quantiles are by nearest rank: each is one of the samples.',
  p90: '90 % quantile, ms.',
  p95: '95 % quantile, ms.',
  p99: '99 % quantile, ms.',
  max: 'The largest, ms.',
} as const satisfies Numbers;

export const DELIVERIES_NUMBERS = {
  expected:
    'Pairs of a message and a client of its room, where the message was accepted at or after the client’s ready time. A connection that was lost later excuses nothing.',
  delivered: 'Of those, what the client’s application has got, once.',
  lost: 'Of those, what it had not when the run ended: expected − delivered.',
  duplicates: 'Further arrivals of a message, handed to the application.',
  outOfOrder: 'First arrivals of a message that is older, in its room, than one handed over before.',
  deduplicated: 'Further arrivals that were dropped by their id (`clients[].repair.dropDuplicates`).',
  missed: 'Messages that a client noticed missing by their numbers (`clients[].repair.detectGaps`).',
  recovered: 'Of those missed, what came later after all.',
  bySnapshot:
    'Of those delivered, what came as part of a snapshot and not by itself (`clients[].repair.snapshot`).',
} as const satisfies Numbers;

export const WIRE_NUMBERS = {
  packets: 'Packets, both directions, over the whole run; what was lost counts as sent.',
  bytes: 'Their bytes, with IP and transport headers.',
  lostPackets:
    'Of those packets, what was lost: by chance, to a full queue, on a link that was down, to a fault.',
  retransmissions: 'Of those packets, what TCP sent again, probes included.',
} as const satisfies Numbers;

export const HTTP_NUMBERS = {
  requests:
    'Requests that were handed to a connection, answered or not; an Upgrade and an EventSource’s GET count.',
  emptyResponses: 'Complete responses without a message.',
} as const satisfies Numbers;

export const CONNECTIONS_NUMBERS = {
  attempts:
    'TCP connections that clients began to open. Polling without keep-alive begins one for each poll.',
  opened: 'Of those, what was established: TCP’s handshake succeeded, as the client sees it.',
  failed: 'Of those, what was not.',
  closed: 'Connections that had been open and ended, by whomever.',
  reconnects: 'Attempts after the first readiness that replace a connection that was lost.',
} as const satisfies Numbers;

export const SNAPSHOTS_NUMBERS = {
  asked: 'Snapshots that clients asked for because of a gap.',
  applied: 'Snapshots that clients applied.',
  bytes: 'Bytes of the applied states.',
} as const satisfies Numbers;

export const GROUP_NUMBERS = {
  clients: 'Clients of the group.',
  neverReady: 'Of those, who never got ready: they expect nothing.',
} as const satisfies Numbers;

export const TOTALS_NUMBERS = {
  published: 'Messages that were accepted.',
  refused: 'Messages that nobody accepted: there was no server, or no node, that could.',
} as const satisfies Numbers;

export const SERVER_NUMBERS = {
  busyMs: 'CPU time spent, ms.',
  requests: 'HTTP requests that it began to work on.',
  handshakes: 'TLS handshakes, full and resumed.',
  sends: 'Messages written to clients.',
  repeated: 'Messages that the backplane handed over again.',
  connectionsOpen: 'Connections that are open when the run ends.',
  connectionsPeak: 'The most that were open at once.',
  queuedPeakMs: 'The longest wait of a piece of work for the CPU, ms.',
  crashes: 'Times that it crashed.',
  sentAway: 'Clients that it had connect anew: draining, or because they belong to another server now.',
  snapshots: 'Snapshots that it made.',
  snapshotBytes: 'Bytes of their states.',
  stateLoads: 'Times that it had to read a room’s state before it could make one.',
} as const satisfies Numbers;

export const BALANCER_NUMBERS = {
  connections: 'Clients’ connections: passed on (layer 4) or accepted (layer 7).',
  requests: 'Requests passed on (layer 7).',
  badGateway: '502: the server refused the connection, or ended it before it answered.',
  unavailable: '503, or at layer 4 a reset: no server was healthy.',
  gatewayTimeout: '504: no connection, or no answer, in time.',
  idleTimeouts: 'Connections that were given up because nothing was sent on them for so long.',
  checks: 'Health checks.',
  failedChecks: 'Of those, what failed.',
  becameUnhealthy: 'Times that a server was taken out.',
  becameHealthy: 'Times that one was taken in again.',
  crashes: 'Times that it crashed.',
  busyMs: 'CPU time spent, ms.',
  queuedPeakMs: 'The longest wait of a piece of work for its CPU, ms.',
} as const satisfies Numbers;

export const BALANCED_SERVER_NUMBERS = {
  chosen: 'Connections (layer 4) or requests (layer 7) that it was given.',
  open: 'Of those, what is at hand when the run ends.',
  peak: 'The most at once.',
} as const satisfies Numbers;

export const BACKPLANE_NUMBERS = {
  published: 'Messages that set out.',
  forwarded: 'Copies sent towards servers.',
  handed: 'Messages that servers’ applications were handed, each time.',
  appended: 'Entries written to logs.',
  redelivered: 'Copies sent again because nobody had confirmed the first.',
  dropped: 'Copies given up; the records `message.dropped` say where and why.',
  movedClients: 'Clients that a change of the fleet gave to another server, each time.',
  misrouted: 'Requests of clients, and copies, that came to a server to which they did not belong.',
} as const satisfies Numbers;

export const TOPICS_NUMBERS = {
  topics: 'Topics that there are.',
  subscriptions: 'Times that a server began to subscribe to one.',
  publishes: 'Messages, copies of messages or signals that were published.',
  reads: 'Reads of cached entries by servers.',
} as const satisfies Numbers;

export const ENGINE_NUMBERS = {
  events: 'Events of the simulation.',
} as const satisfies Numbers;
