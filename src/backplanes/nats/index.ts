import type { BackplanePlugin } from '../../engine/contract/backplane.ts';
import { CLIENT_ROLE } from './client/connection.ts';
import { Core } from './core/core.ts';
import { natsManifest } from './core/manifest.ts';
import { CONNECTION_ROLE } from './server/connection.ts';
import { WRITER_ROLE } from './server/outbound.ts';

/** What runs on every connection. */
const CONNECTION_ROLES = { client: CLIENT_ROLE, connection: CONNECTION_ROLE, writer: WRITER_ROLE };

export const nats: BackplanePlugin = {
  manifest: natsManifest,
  roles: CONNECTION_ROLES,
  create: (io, options) => new Core(io, options),
};
