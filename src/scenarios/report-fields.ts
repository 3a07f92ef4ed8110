/** What each number of a report means, by the place that it has there. Metric paths and the reference are made from it. */

/** Several keys of one object, each with its meaning. */
export type Numbers = Readonly<Record<string, string>>;

/** Of a summary; beside them it has `quantiles`. */
export const SUMMARY_NUMBERS: Numbers = {
  count: 'Samples. With none, all the others are null.',
  mean: 'Arithmetic mean, ms.',
  sd: 'Standard deviation of the sample (n − 1), ms; 0 of a single one.',
  min: 'The smallest, ms.',
  p50: 'Median, ms. Quantiles are by nearest rank: each is one of the samples.',
  p90: '90 % quantile, ms.',
  p95: '95 % quantile, ms.',
  p99: '99 % quantile, ms.',
  max: 'The largest, ms.',
};

const WIRE_NUMBERS: Numbers = {
  packets: 'Packets, both directions, over the whole run; what was lost counts as sent.',
  bytes: 'Their bytes, with IP and transport headers.',
  lostPackets:
    'Of those packets, what was lost: by chance, to a full queue, on a link that was down, to a fault; a DNS query that found no resolver.',
  retransmissions:
    'Of those packets, what was sent again: by TCP, probes included; UDP sends nothing again, but a resolver its query.',
};

const READY =
  'A client is ready, for the first time, with the first byte of its first response (polling, long polling), the headers of the stream (SSE) or the 101 (WebSocket).';

/** What a report has numbers in, in its order. `GROUP` stands for the name of a group, `SERVER` for that of a server. */
export const REPORT_SECTIONS: readonly (readonly [path: string, about: string, numbers: Numbers])[] = [
  [
    'groups.GROUP',
    `A group of clients. ${READY}`,
    {
      clients: 'Clients of the group.',
      neverReady: 'Of those, who never got ready: they expect nothing.',
    },
  ],
  [
    'groups.GROUP.deliveries',
    'What came of the messages.',
    {
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
    },
  ],
  [
    'groups.GROUP.deliveries.latencyMs',
    'A summary, one sample for each message that was expected and delivered: from the moment when the source had it accepted to the moment when the client’s application has it. `quantiles` has the 0 %, 1 % … 100 % quantiles.',
    SUMMARY_NUMBERS,
  ],
  [
    'groups.GROUP.setupMs',
    'A summary, one sample for each client that got ready: from its wish to connect, DNS included, to that moment. Reconnections add none.',
    SUMMARY_NUMBERS,
  ],
  [
    'groups.GROUP.http',
    'Requests.',
    {
      requests:
        'Requests that were handed to a connection, answered or not; an Upgrade and an EventSource’s GET count.',
      emptyResponses: 'Complete responses without a message.',
    },
  ],
  [
    'groups.GROUP.http.responses',
    'Responses, a 101 included. Times run from the request’s being handed to its connection; the set-up of that connection is over by then.',
    {
      begun: 'Responses whose first byte came.',
      complete:
        'Of those, whose last byte came. An event stream has none while it goes on; a 101 ends with its header.',
    },
  ],
  [
    'groups.GROUP.http.responses.firstByteMs',
    'A summary, one sample for each response that began: to the first byte that the client can read, “time to first byte”, Resource Timing’s responseStart. Behind TLS that is when its first record is whole. Where the server holds a long poll, the time that it is held is in it.',
    SUMMARY_NUMBERS,
  ],
  [
    'groups.GROUP.http.responses.lastByteMs',
    'A summary, one sample for each response that is complete: to its last byte, Resource Timing’s responseEnd.',
    SUMMARY_NUMBERS,
  ],
  [
    'groups.GROUP.dns',
    'The server’s name. What was asked for at the same time is one lookup; what nobody has answered yet is none.',
    {
      answers: 'Times that a client got the address.',
      cached: 'Of those, from its cache.',
      repeated:
        'Queries that a resolver sent once more, as 5 s after the one before there was no answer: a datagram was lost, or the name server down.',
      lookupMs: 'The time that all the others took together, repeated queries included, ms.',
    },
  ],
  [
    'groups.GROUP.connections',
    'TCP connections, as the clients see them.',
    {
      attempts:
        'TCP connections that clients began to open. Polling without keep-alive begins one for each poll.',
      opened: 'Of those, what was established: TCP’s handshake succeeded, as the client sees it.',
      failed: 'Of those, what was not.',
      closed: 'Connections that had been open and ended, by whomever.',
      reconnects: 'Attempts after the first readiness that replace a connection that was lost.',
    },
  ],
  [
    'groups.GROUP.held',
    'Head-of-line blocking: what arrived at a client behind a hole, and was not handed over until that was filled.',
    {
      holes: 'Times that a connection began to hold bytes behind a hole.',
      ms: 'How long connections held any, all of them together, ms.',
    },
  ],
  [
    'groups.GROUP.wire',
    'The access links of the group, DNS and pure acknowledgements included.',
    WIRE_NUMBERS,
  ],
  [
    'groups.GROUP.snapshots',
    'Snapshots of rooms.',
    {
      asked: 'Snapshots that clients asked for because of a gap.',
      applied: 'Snapshots that clients applied.',
      bytes: 'Bytes of the applied states.',
    },
  ],
  [
    'totals',
    'All groups together; `deliveries`, `setupMs` and `wire` have the numbers that groups have.',
    {
      published: 'Messages that were accepted.',
      refused: 'Messages that nobody accepted: there was no server, or no node, that could.',
    },
  ],
  [
    'servers.SERVER',
    'A server.',
    {
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
      threadsPeak:
        'The most threads that were taken at once; 0 without `servers.threads`, as are the next two.',
      threadWaitPeakMs:
        'The longest wait of a request for a thread, ms; one that goes on when the run ends counts as far as it has got.',
      requestsRefused:
        'Requests whose connection was closed: no thread was free, and `servers.threadQueue` waited already.',
    },
  ],
  [
    'loadBalancer',
    'The load balancer; the key is there where the edge has one.',
    {
      connections: 'Clients’ connections: passed on (layer 4) or accepted (layer 7).',
      requests: 'Requests passed on (layer 7).',
      badGateway: '502: the server refused the connection, or ended it before it answered.',
      unavailable: '503, or at layer 4 a reset: no server was healthy.',
      gatewayTimeout: '504: no connection, or no answer, in time.',
      idleTimeouts: 'Connections that were given up because nothing was sent on them for so long.',
      upgradesRemoved:
        'Requests that it passed on without their Upgrade (layer 7, `upgrade: removed`): a WebSocket that does not come about, each.',
      checks: 'Health checks.',
      failedChecks: 'Of those, what failed.',
      becameUnhealthy: 'Times that a server was taken out.',
      becameHealthy: 'Times that one was taken in again.',
      crashes: 'Times that it crashed.',
      busyMs: 'CPU time spent, ms.',
      queuedPeakMs: 'The longest wait of a piece of work for its CPU, ms.',
    },
  ],
  [
    'loadBalancer.servers.SERVER',
    'What it gave to a server.',
    {
      chosen: 'Connections (layer 4) or requests (layer 7) that it was given.',
      open: 'Of those, what is at hand when the run ends.',
      peak: 'The most at once.',
    },
  ],
  [
    'proxy',
    'The proxy; the key is there where the edge has one. All is 0 where it only passes packets on, as with TLS.',
    {
      connections: 'Clients’ connections that ended at it.',
      ownConnections: 'Connections that it opened itself, to servers or to the load balancer.',
      requests: 'Requests that came to it.',
      upgradesRemoved:
        'Of those, what it passed on without their Upgrade: a WebSocket that does not come about, each.',
      upgradesRefused: 'What it answered 403 for asking for an Upgrade, likewise.',
      badGateway: '502: the server ended its connection before it answered.',
      unavailable: '503: the server took no connection, or none in time.',
      gatewayTimeout: '504: no answer in time.',
      idleTimeouts: 'Answers and tunnels that were cut off because nothing was sent for so long.',
    },
  ],
  [
    'backplane',
    'Hop 2. `kind` says which backplane it was.',
    {
      published: 'Messages that set out.',
      forwarded: 'Copies sent towards servers.',
      handed: 'Messages that servers’ applications were handed, each time.',
      appended: 'Entries written to logs.',
      redelivered: 'Copies sent again because nobody had confirmed the first.',
      dropped: 'Copies given up; the records `message.dropped` say where and why.',
      movedClients: 'Clients that a change of the fleet gave to another server, each time.',
      misrouted: 'Requests of clients, and copies, that came to a server to which they did not belong.',
      busyMs:
        'Time that nodes worked, all of them together, ms: what a broker’s CPU or a database’s workers did.',
      queuedPeakMs: 'The longest wait of a piece of work for a node, ms.',
    },
  ],
  ['backplane.wire', 'All links between sources, nodes and servers.', WIRE_NUMBERS],
  [
    'topics',
    'How messages were laid out on topics (`topics` of the scenario).',
    {
      topics: 'Topics that there are.',
      subscriptions: 'Times that a server began to subscribe to one.',
      publishes: 'Messages, copies of messages or signals that were published.',
      reads: 'Reads of cached entries by servers.',
    },
  ],
  [
    'engine',
    '`fingerprint` is the same wherever the same run is made: 16 hexadecimal digits over every record. `wallMs`, the time that it took, is no metric.',
    {
      events: 'Events of the simulation.',
    },
  ],
];
