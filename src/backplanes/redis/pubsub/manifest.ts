import type { BackplaneManifest } from '../../../engine/contract/backplane.ts';
import { OPTIONS } from './options.ts';
import { VOCABULARY } from './vocabulary.ts';

/** What it is, what it can be told, and how far it can be trusted. */
export const redisPubsubManifest: BackplaneManifest = {
  kind: 'redis-pubsub',
  title: 'Redis Pub/Sub',
  about:
    'Redis passes each message on to whoever is subscribed to its channel at that moment, and keeps nothing.',
  options: OPTIONS,
  nodes: () => [{ name: 'redis', title: 'Redis' }],
  links: ['server-node', 'source-node'],
  bufferLimitBytes: ({ hardLimitBytes }) => (hardLimitBytes === 0 ? null : (hardLimitBytes as number)),
  guarantees: [
    { when: { resend: false }, delivery: 'at most once', ordered: 'room', replay: false },
    { delivery: 'unspecified', ordered: 'room', replay: false },
  ],
  vocabulary: VOCABULARY,
  sources: [
    'Redis 7.0 documentation, Pub/Sub: at-most-once delivery',
    'Redis 7.0 src/pubsub.c: pubsubPublishMessage, addReplyPubsubMessage',
    'Redis 7.0 src/networking.c: checkClientOutputBufferLimits, closeClientOnOutputBufferLimitReached',
    'ioredis 5.11.1 lib/redis/RedisOptions.ts, lib/redis/event_handler.ts, lib/Redis.ts (flushQueue)',
    'Redis 7.0.15 redis.conf: client-output-buffer-limit',
    'RESP2, redis.io/docs/reference/protocol-spec',
  ],
  leavesOut: [
    'Cluster, sharded Pub/Sub, replicas and Sentinel: one Redis.',
    'The memory that Redis spends besides the bytes of a reply; with many small replies its limits come a little sooner.',
    'TLS, AUTH and SELECT between the processes.',
  ],
};
