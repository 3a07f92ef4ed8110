import type { BackplaneManifest } from '../engine/contract/backplane.ts';
import { databasePollingManifest } from './database-polling/manifest.ts';
import { directManifest } from './direct/manifest.ts';
import { googlePubsubManifest } from './google-pubsub/manifest.ts';
import { hashRingManifest, moduloHashManifest } from './hash-ring/manifest.ts';
import { kafkaManifest } from './kafka/manifest.ts';
import { natsManifest } from './nats/core/manifest.ts';
import { jetstreamManifest } from './nats/jetstream/manifest.ts';
import { pulsarManifest } from './pulsar/manifest.ts';
import { redisPubsubManifest } from './redis-pubsub/manifest.ts';
import { redisStreamsManifest } from './redis-streams/manifest.ts';

/** What there is to choose from, without what makes it run; `index.ts` holds the backplanes themselves. */
export const BACKPLANE_MANIFESTS: Readonly<Record<string, BackplaneManifest>> = {
  direct: directManifest,
  'database-polling': databasePollingManifest,
  'google-pubsub': googlePubsubManifest,
  'hash-ring': hashRingManifest,
  jetstream: jetstreamManifest,
  kafka: kafkaManifest,
  'modulo-hash': moduloHashManifest,
  nats: natsManifest,
  pulsar: pulsarManifest,
  'redis-pubsub': redisPubsubManifest,
  'redis-streams': redisStreamsManifest,
};
