import { BROWSER_PROBES } from '../../engine/contract/probes.ts';
import type { ClientIo, ServerIo, TransportPlugin } from '../../engine/contract/transport.ts';
import { sseClientMachine } from './client.machine.ts';
import { sseServerMachine } from './server.machine.ts';
import { eventBytes, prologueBytes, requestExtraBytes } from './wire.ts';

/** What a client keeps: messages not yet handed over, Last-Event-ID. */
interface Memory {
  inbox: number[];
  lastEventId: number;
}

const memoryOf = (io: ClientIo): Memory => {
  const memory = io.memory as Partial<Memory>;
  memory.inbox ??= [];
  memory.lastEventId ??= -1;
  return memory as Memory;
};

function request(io: ClientIo): void {
  const memory = memoryOf(io);
  const content = { transport: 'sse', client: io.client, rooms: io.rooms, cursor: memory.lastEventId };
  const bytes = requestExtraBytes(io.rooms.length, memory.lastEventId);
  const failed = () => io.send({ type: 'failed', random: io.random() });
  io.http.request(
    { what: 'sse.request', bytes, content, keepAlive: true, probes: BROWSER_PROBES, pool: 'http' },
    {
      head: ({ status }) => io.send({ type: 'head', status }),
      part({ messages, cursor, code }) {
        memory.inbox.push(...messages);
        memory.lastEventId = cursor;
        io.send({ type: 'event', messages: messages.length, retryMs: code });
      },
      end: failed,
      failed,
    },
  );
}

/**
 * The header, then a block without data: `retry:`, and an `id:` that tells the client where it stands before the first
 * event, so that a reconnection misses nothing (HTML Standard §9.2.6: an id counts even where there is no data).
 */
function begin(io: ServerIo): void {
  const retryMs = io.options.retryMs as number;
  const cursor = io.cursorNow();
  const empty = { status: 200, messages: [], cursor };
  io.exchange.head('sse.head', 'chunked', { ...empty, code: 0 });
  io.exchange.part('sse.retry', prologueBytes(cursor, retryMs), { ...empty, code: retryMs });
}

function sendEvents(io: ServerIo): void {
  for (const message of io.news()) {
    const content = { status: 200, messages: [message], cursor: message, code: 0 };
    io.exchange.part('sse.event', eventBytes(message, io.bytesOf(message)), content);
  }
}

/** Server-Sent Events: one response that never ends, with reconnection built into the browser. */
export const sse: TransportPlugin = {
  manifest: {
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
      'sse.event': {
        label: 'event',
        role: 'data',
        explanation: 'An update with its id, which becomes Last-Event-ID.',
      },
    },
    sources: ['HTML Standard §9.2 (server-sent events)', 'RFC 9112 §7.1 (chunked transfer coding)'],
    leavesOut: [
      'Named events and comments as keep-alive.',
      'Writes by POST: sources are on the server’s side.',
    ],
  },
  client: {
    machine: sseClientMachine,
    context: (options) => ({ retryMs: options.retryMs as number }),
    perRoom: (options) => options.perRoom === true,
    effects: {
      request,
      announce: (io: ClientIo) => io.ready(),
      deliver: (io: ClientIo) => io.deliver(memoryOf(io).inbox.splice(0)),
    },
  },
  server: {
    machine: sseServerMachine,
    context: () => ({}),
    effects: {
      work: (io: ServerIo) => io.work('request'),
      begin,
      listen: (io: ServerIo) => io.subscribe(),
      sendEvents,
    },
  },
};
