import { BROWSER_PROBES } from '../../engine/contract/probes.ts';
import type { Update } from '../../engine/contract/snapshot.ts';
import type { ClientIo, ServerIo, TransportPlugin } from '../../engine/contract/transport.ts';
import { sseClientMachine } from './client.machine.ts';
import { sseManifest } from './manifest.ts';
import { sseServerMachine } from './server.machine.ts';
import { eventBytes, prologueBytes, requestExtraBytes, snapshotBytes } from './wire.ts';

/** What a client keeps: messages not yet handed over, Last-Event-ID. */
interface Memory {
  inbox: Update[];
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
  const cursor = memory.lastEventId;
  const content = { transport: 'sse', client: io.client, rooms: io.rooms, cursor, begins: true };
  const bytes = requestExtraBytes(io.rooms.length, memory.lastEventId);
  const failed = () => io.send({ type: 'failed', random: io.random() });
  io.http.request(
    { what: 'sse.request', bytes, content, keepAlive: true, probes: BROWSER_PROBES, pool: 'http' },
    {
      head: ({ status }) => io.send({ type: 'head', status }),
      part({ messages, snapshots = [], cursor, code }) {
        memory.inbox.push(...snapshots, ...messages);
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
  for (const snapshot of io.snapshots())
    io.exchange.part('sse.snapshot', snapshotBytes(cursor, snapshot.bytes), {
      ...empty,
      snapshots: [snapshot],
      code: 0,
    });
}

function sendEvents(io: ServerIo): void {
  for (const messages of io.sendings()) {
    const cursor = messages.at(-1) as number;
    const sizes = messages.map((message) => io.bytesOf(message));
    io.exchange.part('sse.event', eventBytes(cursor, sizes), { status: 200, messages, cursor, code: 0 });
  }
}

/** Server-Sent Events: one response that never ends, with reconnection built into the browser. */
export const sse: TransportPlugin = {
  manifest: sseManifest,
  client: {
    machine: sseClientMachine,
    context: (options) => ({ retryMs: options.retryMs as number }),
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
      finish: (io: ServerIo) => io.exchange.end(),
    },
  },
};
