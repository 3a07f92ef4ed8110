import type { BackplaneManifest, Claim } from '../../../engine/contract/backplane.ts';
import { OPTIONS } from './options.ts';
import { VOCABULARY } from './vocabulary.ts';

/** Nothing is trimmed, nothing is gone after a crash, nobody gives up. */
const careful = {
  pattern: 'broadcast',
  startFrom: 'beginning',
  maxLen: null,
  appendOnly: true,
  resend: true,
  maxRetries: null,
};

/** The first that fits counts. */
const GUARANTEES: readonly Claim[] = [
  { when: careful, delivery: 'at least once', ordered: 'room', replay: true },
  // An entry goes to one of the servers, and comes again, behind newer ones, when that one does not acknowledge it.
  { when: { pattern: 'group' }, delivery: 'unspecified', ordered: 'none', replay: true },
  // A new process of a server begins behind the last entry: it is not handed twice what it was handed before.
  // And whose read broke off with its connection waits for the answer for ever.
  { when: { resend: false, startFrom: 'new' }, delivery: 'at most once', ordered: 'room', replay: false },
  { when: { resend: false }, delivery: 'unspecified', ordered: 'room', replay: false },
  { delivery: 'unspecified', ordered: 'room', replay: true },
];

/** What it is, what it can be told, and how far it can be trusted. */
export const redisStreamsManifest: BackplaneManifest = {
  kind: 'redis-streams',
  title: 'Redis Streams',
  about:
    'Redis keeps a log for each room: servers read it from where they were, each for itself, or share it as a group.',
  options: OPTIONS,
  nodes: () => [{ name: 'redis', title: 'Redis' }],
  links: ['server-node', 'source-node'],
  logs: (_, rooms) => rooms.map((name) => ({ name, partitions: 1 })),
  consumers: ({ pattern }, servers) => [...servers, ...(pattern === 'group' ? ['group servers'] : [])],
  guarantees: GUARANTEES,
  vocabulary: VOCABULARY,
  sources: [
    'Redis documentation, XREADGROUP, XCLAIM, XAUTOCLAIM, CLIENT UNBLOCK',
    'Redis src/t_stream.c: streamAppendItem, streamTrimByLength; 7.0.15 redis.conf: stream-node-max-entries, stream-node-max-bytes, appendonly, save',
    'Redis 7.0.15, measured: XREAD BLOCK across a link, and through absences',
    `@socket.io/redis-streams-adapter 0.3, lib/util.ts: XREAD, XADD`,
    'ioredis 5.11.1 lib/redis/RedisOptions.ts, lib/redis/event_handler.ts, lib/Redis.ts (flushQueue)',
    'RESP2, redis.io/docs/reference/protocol-spec',
  ],
  leavesOut: [
    'Cluster, replicas and Sentinel: one Redis.',
    'Snapshots (RDB): in the first minute none is due unless 10,000 entries are added. And a crash of the machine, after which appendonly has lost up to a second.',
    'Consumers that are given up for good (XGROUP DELCONSUMER), and entries that fail again and again: a count of deliveries is not looked at.',
    'XDEL, MINID, XADD with IDs of one’s own, IDs that a cut of the log leaves behind.',
    'TLS, AUTH and SELECT between the processes.',
  ],
};
