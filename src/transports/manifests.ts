import { registered } from '../engine/contract/registry.ts';
import type { TransportManifest } from '../engine/contract/transport.ts';
import { TRANSPORT_FOLDERS } from './registry.ts';

const FILES = import.meta.glob<Record<string, TransportManifest>>('./**/manifest.ts', { eager: true });

/**
 * What there is to choose from, without what makes it run: the page checks scenarios and draws with this alone, and
 * leaves the machines to the worker. `index.ts` holds the transports themselves; a contract test keeps the two together.
 */
export const TRANSPORT_MANIFESTS: Readonly<Record<string, TransportManifest>> = registered(
  TRANSPORT_FOLDERS,
  FILES,
  ({ kind }) => kind,
);
