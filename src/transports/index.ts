import type { TransportPlugin } from '../engine/contract/transport.ts';
import { longPolling } from './long-polling/index.ts';
import { polling } from './polling/index.ts';
import { sse } from './sse/index.ts';
import { websocket } from './websocket/index.ts';

/** Every transport there is, by kind. Adding one is a folder and a line here. */
export const TRANSPORTS: Record<string, TransportPlugin> = {
  polling,
  'long-polling': longPolling,
  sse,
  websocket,
};
