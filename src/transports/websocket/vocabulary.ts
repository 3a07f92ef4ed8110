import type { Vocabulary } from '../../engine/contract/transport.ts';

/** What an upgrade request has beyond a plain GET: Upgrade, Sec-WebSocket-Key, -Version, -Extensions (RFC 6455 §4.1). */
export const UPGRADE_EXTRA_BYTES = 145;

/** The words of a WebSocket. */
export const VOCABULARY: Vocabulary = {
  'websocket.upgrade': {
    label: 'Upgrade',
    role: 'request',
    explanation: 'An HTTP request that asks to speak WebSocket on this connection.',
  },
  'websocket.101': {
    label: '101 Switching Protocols',
    role: 'response',
    explanation: 'From here on the connection carries frames.',
  },
  'websocket.426': {
    label: '426 Upgrade Required',
    role: 'response',
    explanation: 'A plain GET came where a WebSocket begins: it lost its Upgrade on the way.',
  },
  'websocket.welcome': {
    label: 'session',
    role: 'control',
    explanation: 'Where the session stands, so that a reconnection can resume it.',
  },
  'websocket.snapshot': {
    label: 'snapshot',
    role: 'data',
    explanation: 'A room’s state at a version, in place of the messages that made it.',
  },
  'websocket.message': { label: 'frame', role: 'data', explanation: 'A text frame with an update.' },
  'websocket.write': {
    label: 'frame to the server',
    role: 'data',
    explanation: 'A text frame with an update that this client wrote.',
  },
  'websocket.ping': { label: 'ping', role: 'control', explanation: 'Are you still there?' },
  'websocket.pong': {
    label: 'pong',
    role: 'control',
    explanation: 'The answer to a ping; without it the client gives up.',
  },
  'websocket.close': {
    label: 'close',
    role: 'control',
    explanation: 'The closing handshake, with a code that says why.',
  },
};
