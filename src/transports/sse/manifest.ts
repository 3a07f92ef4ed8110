import type { TransportManifest } from '../../engine/contract/transport.ts';

/** What it is, what it can be told, and how far it can be trusted. */
export const sseManifest: TransportManifest = {
  kind: 'sse',
  title: 'SSE',
  about: 'One response stays open and carries an event for each update; the browser reconnects by itself.',
  options: {
    retryMs: {
      type: 'number',
      unit: 'ms',
      min: 0,
      max: 3_600_000,
      default: 3000,
      about: 'Wait before a reconnection; the server sends it as `retry:`.',
      source: 'Chromium 156: 3 s without a `retry` field, measured.',
    },
    perRoom: {
      type: 'flag',
      default: false,
      about: 'One EventSource for each room, instead of one for all: with HTTP/1.1 the seventh waits.',
      source: 'How pages subscribe is theirs to choose; one stream is the usual advice.',
    },
  },
  perRoom: 'perRoom',
  stack: ['http', 'tls', 'tcp', 'dns'],
  guarantees: { ordered: true, replay: 'always' },
  vocabulary: {
    'sse.request': {
      label: 'EventSource GET',
      role: 'request',
      explanation: 'Opens the stream; Last-Event-ID says where it broke off.',
    },
    'sse.head': {
      label: '200 text/event-stream',
      role: 'response',
      explanation: 'The response begins, and does not end.',
    },
    'sse.retry': {
      label: 'retry:',
      role: 'control',
      explanation: 'How long to wait before a reconnection, and the id to start from.',
    },
    'sse.snapshot': {
      label: 'snapshot',
      role: 'data',
      explanation: 'A room’s state at a version, in place of the events that made it.',
    },
    'sse.event': {
      label: 'event',
      role: 'data',
      explanation: 'An update with its id, which becomes Last-Event-ID.',
    },
  },
  sources: ['HTML Standard §9.2 (server-sent events)', 'RFC 9112 §7.1 (chunked transfer coding)'],
  leavesOut: ['Named events and comments as keep-alive.'],
};
