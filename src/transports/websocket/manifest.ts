import type { TransportManifest } from '../../engine/contract/transport.ts';
import { VOCABULARY } from './vocabulary.ts';

/** What it is, what it can be told, and how far it can be trusted. */
export const websocketManifest: TransportManifest = {
  kind: 'websocket',
  title: 'WebSocket',
  about: 'An HTTP request turns the connection into a two-way stream of frames.',
  options: {
    pingIntervalMs: {
      type: 'number',
      unit: 'ms',
      min: 10,
      max: 3_600_000,
      default: null,
      orNull: 'no heartbeat',
      about: 'The client pings at this rate.',
      source: 'RFC 6455 §5.5.2 leaves pings to the application; the ws library sends none by itself.',
    },
    pongTimeoutMs: {
      type: 'number',
      unit: 'ms',
      min: 10,
      max: 3_600_000,
      default: 20_000,
      needs: { pingIntervalMs: 'not null' },
      about: 'A pong that takes longer than this means that the connection is dead.',
      source: 'Socket.IO 4.8: pingTimeout 20 s.',
    },
    resume: {
      type: 'flag',
      default: false,
      about: 'The client says what it saw last when it reconnects, and the server replays the rest.',
      source: 'RFC 6455 has no memory; Socket.IO’s connection state recovery is off unless asked for.',
    },
  },
  stack: ['http', 'tls', 'tcp', 'dns'],
  guarantees: { ordered: true, replay: { option: 'resume' } },
  vocabulary: VOCABULARY,
  sources: [
    'RFC 6455',
    'Chromium, net/websockets/websocket_channel.cc',
    'ws 8.21, lib/websocket.js and lib/websocket-server.js',
  ],
  leavesOut: [
    'Extensions (permessage-deflate), fragmentation.',
    'One handshake at a time per host: a client has one socket.',
  ],
};
