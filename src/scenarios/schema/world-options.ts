import { LOAD_BALANCER_KINDS } from './balancer-options.ts';
import type { Fields } from './fields.ts';
import { LIMITS } from './limits.ts';
import { PROXY_KINDS } from './proxy-options.ts';

const CPU = { type: 'number', unit: 'ms', min: 0, max: 10_000 } as const;
const MEASURED =
  'measured: Node 20.20 over an emulated network, time to the first byte beyond whole round trips';

const SIZE = { type: 'number', unit: 'bytes', min: 1, max: 65_536, integer: true } as const;

/** `edge`: where TCP and TLS of the clients end. */
export const EDGE_FIELDS = {
  tls: {
    type: 'choice',
    values: ['none', '1.2', '1.3'],
    default: '1.3',
    about: 'TLS version. A full handshake costs one round trip with 1.3 and two with 1.2.',
    source: 'Node 20.20 and Chromium 156: 1.3 whenever both sides can',
  },
  tlsResumption: {
    type: 'flag',
    default: true,
    needs: { tls: ['1.2', '1.3'] },
    about: 'Clients keep session tickets and resume: with 1.2 a resumed handshake saves a round trip.',
    source: 'Chromium 156; Node 20.20, https.Agent maxCachedSessions 100',
  },
  certificateBytes: {
    ...SIZE,
    default: 385,
    needs: { tls: ['1.2', '1.3'] },
    about: 'Size of the certificates that the server shows. On a slow link they are most of the handshake.',
    source:
      'measured: one ECDSA P-256 certificate signed by itself, in DER; chains of public CAs have 2 to 4 kB',
  },
  http: {
    type: 'choice',
    values: ['1.1'],
    default: '1.1',
    about: 'HTTP version: six connections to an origin, one request at a time on each.',
    source: 'the version that this build has',
  },
  requestHeaderBytes: {
    ...SIZE,
    default: 498,
    about: 'Header of a plain GET. Queries, cursors and what an Upgrade needs come on top.',
    source: 'measured: fetch() in Chromium 156, without cookies',
  },
  responseHeaderBytes: {
    ...SIZE,
    default: 163,
    about: 'Header of a response.',
    source: 'measured: Node 20.20 http.Server with a Content-Type',
  },
  loadBalancer: {
    type: 'variants',
    kinds: LOAD_BALANCER_KINDS,
    default: null,
    orNull: 'TCP and TLS end at the server, over access and datacenter links together',
    about: 'What stands between the clients and the servers.',
  },
  proxy: {
    type: 'variants',
    kinds: PROXY_KINDS,
    default: null,
    orNull: 'none is on the way',
    about: 'An HTTP proxy on the clients’ way, before the load balancer or the servers.',
  },
} as const satisfies Fields;

/** `servers.cpu`: one core that does one thing at a time. */
const CPU_FIELDS = {
  perConnectionMs: { ...CPU, default: 0.4, about: 'To accept a TCP connection.', source: MEASURED },
  perRequestMs: { ...CPU, default: 0.5, about: 'To answer an HTTP request.', source: MEASURED },
  perMessageMs: {
    ...CPU,
    default: 0.04,
    about: 'To write one message to one client, or to put it into an answer.',
    source:
      'measured: one Node 20.20 process has written an event to the sockets, streams and held requests of 20 links, ' +
      '80 in all, after some 3.4 ms',
  },
  perReceiveMs: {
    ...CPU,
    default: 0.02,
    about: 'To take one message from the backplane, before it is written to anybody.',
    source: 'a choice: half of what writing it to a client takes',
  },
  perSnapshotMs: {
    ...CPU,
    default: 0.5,
    about: 'To make one snapshot of a room (`clients[].repair.snapshot`).',
    source: 'a choice: as much as a request takes',
  },
  perHandshakeMs: {
    ...CPU,
    default: 2.7,
    about: 'For a full TLS handshake (ECDSA P-256). The client spends another 1.6 ms on its own.',
    source: MEASURED,
  },
  perResumptionMs: {
    ...CPU,
    default: 2.2,
    about: 'For a resumed TLS handshake. The client spends another 1.3 ms on its own.',
    source: MEASURED,
  },
} as const satisfies Fields;

/** `servers.snapshot` */
const SNAPSHOT_FIELDS = {
  bytes: {
    type: 'number',
    unit: 'bytes',
    min: 1,
    max: 10_000_000,
    integer: true,
    default: 4_000,
    about:
      'Size of a room’s state before its first message, and after it as well where messages overwrite (a score, a price).',
    source: 'a choice: a page of text',
  },
  bytesPerMessage: {
    type: 'number',
    unit: 'bytes',
    min: 0,
    max: 1_000_000,
    default: 0,
    about: 'What each message adds to the state, where messages are kept (a log, a text).',
    source: 'a choice: messages overwrite',
  },
  loadFrom: {
    type: 'choice',
    values: ['source', 'backplane'],
    default: 'source',
    about:
      'Where a server reads a state that it has not followed. backplane: from what that keeps behind what the server has, if it keeps anything; where that does not reach, at the source all the same.',
    source: 'a choice: most applications have a database of record beside the backplane',
  },
  loadMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 600_000,
    default: 5,
    about: 'How long a read of the state at its source takes.',
    source: 'a choice: one read of a database in the same datacenter',
  },
} as const satisfies Fields;

/** `servers` */
export const SERVER_FIELDS = {
  count: {
    type: 'number',
    unit: '',
    min: 1,
    max: LIMITS.servers,
    integer: true,
    default: 1,
    about:
      'How many servers there are; they are called server-1, server-2 …. Without a load balancer the name resolves to ' +
      'all of them, and clients are dealt out in turn; after an attempt that failed, a client tries the next.',
    source: 'the least; RFC 1794: a name server that rotates its answers deals clients out in turn',
  },
  replayBuffer: {
    type: 'object',
    fields: {
      messages: {
        type: 'number',
        unit: 'messages',
        min: 0,
        max: 1_000_000,
        integer: true,
        default: 1_000,
        about:
          'Newest messages that the server keeps of each room, for clients that come back with a cursor.',
        source: 'a choice; real servers keep from nothing to minutes',
      },
    },
    about: 'What a client that was away can still get.',
  },
  durable: {
    type: 'flag',
    default: false,
    about: 'The replay buffer outlives a crash.',
    source: 'buffers in the memory of the process, as in ws, Socket.IO and plain Node servers',
  },
  threads: {
    type: 'number',
    unit: '',
    min: 1,
    max: 10_000,
    integer: true,
    orNull: 'an event loop: one thread serves everybody, and what is held or open takes none',
    default: null,
    about:
      'Each request takes a thread from its beginning to the end of its answer. A held poll, an event stream and a ' +
      'WebSocket keep theirs while they are open; an idle connection needs none, nor do TCP and TLS. A request that ' +
      'finds none free waits in the order of coming, a load balancer’s check too. The core stays one: threads that ' +
      'wait cost no CPU time. Left out: what a switch between threads costs, and their memory.',
    source:
      'Node 20.20: an event loop. Apache Tomcat 10.1 has 200 (HTTP Connector, maxThreads), Apache HTTP Server 2.4 256 ' +
      'processes (prefork, MaxRequestWorkers)',
  },
  threadQueue: {
    type: 'number',
    unit: '',
    min: 0,
    max: 1_000_000,
    integer: true,
    orNull: 'as many as come',
    default: null,
    needs: { threads: 'not null' },
    about:
      'How many requests may wait for a thread (`threads`). The connection of one more is closed with a reset, and no answer.',
    source:
      'Apache Tomcat 10.1, Executor: maxQueueSize 2,147,483,647; what that rejects has its socket closed',
  },
  keepAliveTimeoutMs: {
    type: 'number',
    unit: 'ms',
    min: 1,
    max: 3_600_000,
    default: 5_000,
    about: 'An HTTP connection on which nothing happens is closed after this.',
    source: 'Node 20.20, http.Server keepAliveTimeout',
  },
  batchMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 60_000,
    default: 0,
    about:
      'A server gathers what it has for its streams and sockets for so long from the first message on, and sends it to each as one frame: fewer sends and packets, and so much later. 0: every message is sent at once.',
    source: 'what ws and Node’s http do: they send what they are given',
  },
  leaveRoomAfterMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 3_600_000,
    default: 10_000,
    about:
      'A server subscribes to a room while one of its clients watches it, and for this long after the last has left or asked.',
    source: 'a choice: longer than between two polls, or than a reconnection takes',
  },
  replayFrom: {
    type: 'choice',
    values: ['buffer', 'backplane'],
    default: 'buffer',
    about:
      'buffer: a client that comes back gets what its server’s replay buffer has. backplane: what the buffer does not reach back to is asked of the backplane, if that keeps anything and can be read from a message on.',
    source: 'servers that ask are the exception',
  },
  replayTimeoutMs: {
    type: 'number',
    unit: 'ms',
    min: 1,
    max: 600_000,
    default: 5_000,
    about: 'How long a server waits for that, before it answers without.',
    source: 'a choice',
  },
  dropDuplicates: {
    type: 'flag',
    default: false,
    about:
      'A server drops a message that the backplane hands it again, by its id, as long as it remembers the first.',
    source: 'not done unless asked for',
  },
  snapshot: {
    type: 'object',
    fields: SNAPSHOT_FIELDS,
    about:
      'The state of a room that clients are given with `clients[].repair.snapshot`. Each server keeps one: every message that it is handed goes into it. Where it has not followed a room from its beginning (it was started again, or nobody watched the room here), or where a message’s number tells it that one before is missing, it reads the state before it makes a snapshot. If the newest messages never reached it, it cannot know. The read is a wait: it takes nothing of the network or of the source, whose state is always whole; nor does the model have what a state holds, only which messages are in it and how large it is.',
  },
  cpu: {
    type: 'object',
    fields: CPU_FIELDS,
    about: 'CPU time of a server’s only core, for each piece of work.',
  },
} as const satisfies Fields;
