import type { BackplaneManifest } from '../../engine/contract/backplane.ts';

const IOREDIS = 'ioredis 5, lib/redis/RedisOptions.ts';
const REDIS_CONF = 'Redis 7.0, redis.conf: client-output-buffer-limit pubsub 32mb 8mb 60';
const BENCHMARK =
  'a choice: redis-benchmark does some 100,000 to 200,000 small commands a second on one core of a server';

/** What it is, what it can be told, and how far it can be trusted. */
export const redisPubsubManifest: BackplaneManifest = {
  kind: 'redis-pubsub',
  title: 'Redis Pub/Sub',
  about:
    'Redis passes each message on to whoever is subscribed to its channel at that moment, and keeps nothing.',
  options: {
    subscribe: {
      type: 'choice',
      values: ['rooms', 'pattern'],
      default: 'rooms',
      about:
        'rooms: a server subscribes to the rooms that its clients watch. pattern: PSUBSCRIBE *, so every server gets everything.',
      source: '@socket.io/redis-adapter 8 subscribes by pattern; its sharded adapter by room',
    },
    resend: {
      type: 'flag',
      default: true,
      about:
        'A publisher sends what was not answered once more after a reconnection, though Redis may have done it.',
      source: `${IOREDIS}: autoResendUnfulfilledCommands true`,
    },
    maxRetries: {
      type: 'number',
      unit: 'attempts',
      min: 0,
      max: 1_000_000,
      integer: true,
      orNull: 'never',
      default: 20,
      about: 'Failed attempts in a row after which a publisher gives up what waits to be published.',
      source: `${IOREDIS}: maxRetriesPerRequest 20`,
    },
    retryStepMs: {
      type: 'number',
      unit: 'ms',
      min: 1,
      max: 600_000,
      default: 50,
      about: 'By what each wait before a reconnection is longer than the last.',
      source: `${IOREDIS}: retryStrategy, min(times · 50, 2000)`,
    },
    retryMaxMs: {
      type: 'number',
      unit: 'ms',
      min: 1,
      max: 600_000,
      default: 2_000,
      about: 'The longest wait before a reconnection.',
      source: `${IOREDIS}: retryStrategy, min(times · 50, 2000)`,
    },
    connectTimeoutMs: {
      type: 'number',
      unit: 'ms',
      min: 1,
      max: 600_000,
      default: 10_000,
      about: 'An attempt to connect that takes longer is given up.',
      source: `${IOREDIS}: connectTimeout 10000`,
    },
    hardLimitBytes: {
      type: 'number',
      unit: 'bytes',
      min: 0,
      max: 1_000_000_000,
      integer: true,
      default: 33_554_432,
      about: 'A subscriber for which this much waits in Redis is cut off at once. 0: no limit.',
      source: REDIS_CONF,
    },
    softLimitBytes: {
      type: 'number',
      unit: 'bytes',
      min: 0,
      max: 1_000_000_000,
      integer: true,
      default: 8_388_608,
      about: 'A subscriber for which this much waits for longer than softLimitMs is cut off. 0: no limit.',
      source: REDIS_CONF,
    },
    softLimitMs: {
      type: 'number',
      unit: 'ms',
      min: 0,
      max: 3_600_000,
      default: 60_000,
      about: 'How long the soft limit may be exceeded. Redis counts whole seconds.',
      source: REDIS_CONF,
    },
    perCommandMs: {
      type: 'number',
      unit: 'ms',
      min: 0,
      max: 1_000,
      default: 0.008,
      about: 'CPU time of Redis for a command.',
      source: BENCHMARK,
    },
    perPushMs: {
      type: 'number',
      unit: 'ms',
      min: 0,
      max: 1_000,
      default: 0.004,
      about: 'CPU time of Redis for passing a message on to one subscriber.',
      source: BENCHMARK,
    },
  },
  nodes: () => [{ name: 'redis', title: 'Redis' }],
  links: ['server-node', 'source-node'],
  bufferLimitBytes: ({ hardLimitBytes }) => (hardLimitBytes === 0 ? null : (hardLimitBytes as number)),
  guarantees: [
    { when: { resend: false }, delivery: 'at most once', ordered: 'room', replay: false },
    { delivery: 'unspecified', ordered: 'room', replay: false },
  ],
  vocabulary: {
    'redis.connect': {
      label: 'connection to Redis',
      role: 'control',
      explanation: 'A TCP connection from a process to Redis.',
    },
    'redis.info': {
      label: 'INFO',
      role: 'control',
      explanation: 'The client library asks whether the server has loaded its data.',
    },
    'redis.info-reply': { label: 'INFO’s answer', role: 'control', explanation: 'The server is ready.' },
    'redis.publish': {
      label: 'PUBLISH',
      role: 'request',
      explanation: 'A message for everybody who is subscribed to the channel at this moment.',
    },
    'redis.published': {
      label: 'number of receivers',
      role: 'response',
      explanation: 'To how many connections Redis has passed the message on; 0 is no error.',
    },
    'redis.subscribe': {
      label: 'SUBSCRIBE',
      role: 'control',
      explanation: 'From now on this connection is sent what is published on these channels.',
    },
    'redis.unsubscribe': {
      label: 'UNSUBSCRIBE',
      role: 'control',
      explanation: 'Nobody at this server watches these rooms any more.',
    },
    'redis.psubscribe': {
      label: 'PSUBSCRIBE',
      role: 'control',
      explanation:
        'From now on this connection is sent what is published on any channel that fits the pattern.',
    },
    'redis.confirmed': {
      label: 'subscription confirmed',
      role: 'control',
      explanation: 'The subscriptions of this connection are as it asked.',
    },
    'redis.message': {
      label: 'message',
      role: 'data',
      explanation: 'A message for a channel that the connection is subscribed to.',
    },
    'redis.pmessage': {
      label: 'pmessage',
      role: 'data',
      explanation: 'A message for a channel that fits a pattern of the connection.',
    },
  },
  sources: [
    'Redis 7.0 documentation, Pub/Sub: at-most-once delivery',
    'Redis 7.0 src/pubsub.c: pubsubPublishMessage, addReplyPubsubMessage',
    'Redis 7.0 src/networking.c: checkClientOutputBufferLimits, closeClientOnOutputBufferLimitReached',
    'ioredis 5 lib/redis/event_handler.ts, lib/redis/RedisOptions.ts',
    'RESP2, redis.io/docs/reference/protocol-spec',
  ],
  leavesOut: [
    'Cluster, sharded Pub/Sub, replicas and Sentinel: one Redis.',
    'The memory that Redis spends besides the bytes of a reply; with many small replies its limits come a little sooner.',
    'TLS, AUTH and SELECT between the processes.',
  ],
};
