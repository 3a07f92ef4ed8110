import type { Registry } from '../engine/contract/registry.ts';

/**
 * Every transport there is: its kind, and its folder here. Adding one is a folder and a line; manifests (`manifests.ts`)
 * and what runs (`index.ts`) follow.
 */
export const TRANSPORT_FOLDERS: Registry = {
  polling: 'polling',
  'long-polling': 'long-polling',
  sse: 'sse',
  websocket: 'websocket',
};
