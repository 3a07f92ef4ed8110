import type { BackplanePlugin } from '../../engine/contract/backplane.ts';
import { CLIENT_ROLE } from './client/connection.ts';
import { Core } from './core/core.ts';
import { natsManifest } from './core/manifest.ts';
import { JetStreamBackplane } from './jetstream/backplane.ts';
import { ACKS_ROLE, CONSUMER_ROLE } from './jetstream/consumer.ts';
import { jetstreamManifest } from './jetstream/manifest.ts';
import { PUBLISHER_ROLE } from './jetstream/publisher.ts';
import { READER_ROLE } from './jetstream/reader.ts';
import { CONNECTION_ROLE } from './server/connection.ts';
import { WRITER_ROLE } from './server/outbound.ts';

/** What runs on every connection. */
const CONNECTION_ROLES = { client: CLIENT_ROLE, connection: CONNECTION_ROLE, writer: WRITER_ROLE };

export const nats: BackplanePlugin = {
  manifest: natsManifest,
  roles: CONNECTION_ROLES,
  create: (io, options) => new Core(io, options),
};

/** JetStream is part of nats-server, and goes over the same connections. */
export const jetstream: BackplanePlugin = {
  manifest: jetstreamManifest,
  roles: {
    ...CONNECTION_ROLES,
    publisher: PUBLISHER_ROLE,
    reader: READER_ROLE,
    consumer: CONSUMER_ROLE,
    acks: ACKS_ROLE,
  },
  create: (io, options) => new JetStreamBackplane(io, options),
};
