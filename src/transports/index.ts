import { registered } from '../engine/contract/registry.ts';
import type { TransportPlugin } from '../engine/contract/transport.ts';
import { TRANSPORT_FOLDERS } from './registry.ts';

const FILES = import.meta.glob<Record<string, TransportPlugin>>('./*/index.ts', { eager: true });

/** Every transport there is, by kind, with what makes it run; `registry.ts` lists them. */
export const TRANSPORTS: Record<string, TransportPlugin> = registered(
  TRANSPORT_FOLDERS,
  FILES,
  ({ manifest }) => manifest.kind,
);
