import type { BackplanePlugin } from '../../engine/contract/backplane.ts';
import {
  clientMachine,
  publisherMachine,
  readingMachine,
  subscriberMachine,
} from './client/client.machine.ts';
import { CLIENT_EFFECTS } from './client/client.ts';
import { createPubsub } from './pubsub/backplane.ts';
import { connectionMachine as pubsubConnectionMachine } from './pubsub/connection.machine.ts';
import { redisPubsubManifest } from './pubsub/manifest.ts';
import { CONNECTION_EFFECTS as PUBSUB_CONNECTION_EFFECTS } from './pubsub/node.ts';
import { RedisStreams } from './streams/backplane.ts';
import { connectionMachine as streamsConnectionMachine } from './streams/connection.machine.ts';
import { CONNECTION_EFFECTS as STREAMS_CONNECTION_EFFECTS } from './streams/connection.ts';
import { redisStreamsManifest } from './streams/manifest.ts';
import { claimerMachine, readerMachine } from './streams/reader.machine.ts';
import { CLAIMER_EFFECTS, READER_EFFECTS } from './streams/reader.ts';

/** Redis Pub/Sub: every server has a connection in subscriber mode, every source one to publish on. */
export const redisPubsub: BackplanePlugin = {
  manifest: redisPubsubManifest,
  roles: {
    subscriber: { machine: subscriberMachine, effects: CLIENT_EFFECTS },
    publisher: { machine: publisherMachine, effects: CLIENT_EFFECTS },
    connection: { machine: pubsubConnectionMachine, effects: PUBSUB_CONNECTION_EFFECTS },
  },
  create: createPubsub,
};

/** Redis Streams: the same client, on connections that wait for entries. */
export const redisStreams: BackplanePlugin = {
  manifest: redisStreamsManifest,
  roles: {
    client: { machine: clientMachine, effects: CLIENT_EFFECTS },
    'blocking client': { machine: readingMachine, effects: CLIENT_EFFECTS },
    connection: { machine: streamsConnectionMachine, effects: STREAMS_CONNECTION_EFFECTS },
    reader: { machine: readerMachine, effects: READER_EFFECTS },
    claimer: { machine: claimerMachine, effects: CLAIMER_EFFECTS },
  },
  create: (io, options) => new RedisStreams(io, options),
};
