import type { BackplanePlugin } from '../engine/contract/backplane.ts';
import { databasePolling } from './database-polling/index.ts';
import { direct } from './direct/index.ts';
import { googlePubsub } from './google-pubsub/index.ts';
import { hashRing, moduloHash } from './hash-ring/index.ts';
import { kafka } from './kafka/index.ts';
import { jetstream, nats } from './nats/index.ts';
import { pulsar } from './pulsar/index.ts';
import { redisPubsub } from './redis-pubsub/index.ts';
import { redisStreams } from './redis-streams/index.ts';

/** Every backplane there is, by kind. Adding one is a folder and a line here. */
export const BACKPLANES: Record<string, BackplanePlugin> = {
  direct,
  'database-polling': databasePolling,
  'google-pubsub': googlePubsub,
  'hash-ring': hashRing,
  jetstream,
  kafka,
  'modulo-hash': moduloHash,
  nats,
  pulsar,
  'redis-pubsub': redisPubsub,
  'redis-streams': redisStreams,
};
