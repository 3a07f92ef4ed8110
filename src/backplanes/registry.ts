import type { Registry } from '../engine/contract/registry.ts';

/**
 * Every backplane there is: its kind, and its folder here. Adding one is a folder and a line; manifests (`manifests.ts`),
 * what runs (`index.ts`) and what a page loads of it (`scenarios/load-parts.ts`) follow.
 */
export const BACKPLANE_FOLDERS: Registry = {
  direct: 'direct',
  'database-polling': 'database-polling',
  'google-pubsub': 'google-pubsub',
  'hash-ring': 'hash-ring',
  jetstream: 'nats',
  kafka: 'kafka',
  'modulo-hash': 'hash-ring',
  nats: 'nats',
  pulsar: 'pulsar',
  'redis-pubsub': 'redis',
  'redis-streams': 'redis',
};
