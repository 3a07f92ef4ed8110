import type { TransportManifest } from '../engine/contract/transport.ts';
import { longPollingManifest } from './long-polling/manifest.ts';
import { pollingManifest } from './polling/manifest.ts';
import { sseManifest } from './sse/manifest.ts';
import { websocketManifest } from './websocket/manifest.ts';

/**
 * What there is to choose from, without what makes it run: the page checks scenarios and draws with this alone, and
 * leaves the machines to the worker. `index.ts` holds the transports themselves; a contract test keeps the two together.
 */
export const TRANSPORT_MANIFESTS: Readonly<Record<string, TransportManifest>> = {
  polling: pollingManifest,
  'long-polling': longPollingManifest,
  sse: sseManifest,
  websocket: websocketManifest,
};
