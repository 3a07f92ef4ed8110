import { backoffContext } from '../../engine/contract/backoff.ts';
import type { Exchange, ResponseContent } from '../../engine/contract/http.ts';
import { BROWSER_PROBES } from '../../engine/contract/probes.ts';
import type { Update } from '../../engine/contract/snapshot.ts';
import type { CloseReason } from '../../engine/contract/stream.ts';
import type { ClientIo, ServerIo, TransportPlugin } from '../../engine/contract/transport.ts';
import { websocketClientMachine } from './client.machine.ts';
import { websocketManifest } from './manifest.ts';
import { websocketServerMachine } from './server.machine.ts';
import { UPGRADE_EXTRA_BYTES } from './vocabulary.ts';
import {
  CLOSE_PAYLOAD_BYTES,
  frameBytes,
  listBytes,
  OPCODE,
  REQUIRED_BODY_BYTES,
  SNAPSHOT_EXTRA_BYTES,
  WELCOME_PAYLOAD_BYTES,
} from './wire.ts';

/** What a client keeps: messages not yet handed over, the last one seen, the exchange under way, whether it is open. */
interface Memory {
  inbox: Update[];
  cursor: number;
  exchange: Exchange | null;
  open: boolean;
}

const memoryOf = (io: ClientIo): Memory => {
  const memory = io.memory as Partial<Memory>;
  memory.inbox ??= [];
  memory.cursor ??= -1;
  memory.exchange ??= null;
  memory.open ??= false;
  return memory as Memory;
};

const control = (code: number): ResponseContent => ({ status: 0, messages: [], cursor: 0, code });

function connect(io: ClientIo): void {
  const memory = memoryOf(io);
  const cursor = io.options.resume === true ? memory.cursor : -1;
  const content = { transport: 'websocket', client: io.client, rooms: io.rooms, cursor, begins: true };
  const over = (type: 'failed' | 'refused', reason: CloseReason) => {
    memory.open = false;
    io.writesEnd(reason);
    io.send({ type, random: io.random() });
  };
  let upgraded = false;
  memory.exchange = io.http.request(
    {
      what: 'websocket.upgrade',
      bytes: UPGRADE_EXTRA_BYTES,
      content,
      keepAlive: true,
      probes: BROWSER_PROBES,
      pool: 'websocket',
    },
    {
      head({ status }) {
        upgraded = status === 101;
        if (upgraded) io.send({ type: 'head', status });
      },
      part({ messages, snapshots = [], cursor, code }) {
        if (code === OPCODE.PING) io.send({ type: 'ping' });
        else if (code === OPCODE.PONG) io.send({ type: 'pong' });
        else if (code === OPCODE.CLOSE) io.send({ type: 'close' });
        else {
          memory.cursor = cursor;
          if (messages.length + snapshots.length === 0) return;
          memory.inbox.push(...snapshots, ...messages);
          io.send({ type: 'message', messages: messages.length });
        }
      },
      // Anything but 101 fails the connection (RFC 6455 §4.1). Measured with Chromium 156 and a 426 of ws 8.21: the page
      // has an error and a close with 1006, and not the status; TCP ends with a FIN.
      end: () => over(upgraded ? 'failed' : 'refused', 'finished'),
      failed: (reason) => over('failed', reason),
    },
  );
}

function sendUp(io: ClientIo, what: string, payloadBytes: number, code: number): void {
  memoryOf(io).exchange?.send(what, frameBytes(payloadBytes, true), control(code));
}

function accept(io: ServerIo): void {
  io.exchange.head('websocket.101', 'upgrade', { status: 101, messages: [], cursor: 0, code: 0 });
  const content = { status: 0, messages: [], cursor: io.cursorNow(), code: OPCODE.TEXT };
  if (io.options.resume === true)
    io.exchange.part('websocket.welcome', frameBytes(WELCOME_PAYLOAD_BYTES, false), content);
  for (const snapshot of io.snapshots()) {
    const bytes = frameBytes(SNAPSHOT_EXTRA_BYTES + snapshot.bytes, false);
    io.exchange.part('websocket.snapshot', bytes, { ...content, snapshots: [snapshot] });
  }
}

function sendFrames(io: ServerIo): void {
  for (const messages of io.sendings()) {
    const content = { status: 0, messages, cursor: messages.at(-1) as number, code: OPCODE.TEXT };
    const payloadBytes = listBytes(messages.map((message) => io.bytesOf(message)));
    io.exchange.part('websocket.message', frameBytes(payloadBytes, false), content);
  }
}

/** WebSocket: after an HTTP upgrade, frames both ways on one connection. */
export const websocket: TransportPlugin = {
  manifest: websocketManifest,
  client: {
    machine: websocketClientMachine,
    context: (options, reconnect) => ({
      ...backoffContext(reconnect),
      pingIntervalMs: (options.pingIntervalMs as number | null) ?? Number.POSITIVE_INFINITY,
      pongTimeoutMs: options.pongTimeoutMs as number,
    }),
    effects: {
      connect,
      announce: (io) => {
        memoryOf(io).open = true;
        io.ready();
      },
      deliver: (io) => io.deliver(memoryOf(io).inbox.splice(0)),
      ping: (io) => sendUp(io, 'websocket.ping', 0, OPCODE.PING),
      pong: (io) => sendUp(io, 'websocket.pong', 0, OPCODE.PONG),
      closeBack: (io) => sendUp(io, 'websocket.close', CLOSE_PAYLOAD_BYTES, OPCODE.CLOSE),
      drop: (io) => {
        memoryOf(io).open = false;
        memoryOf(io).exchange?.abort();
        io.writesEnd('aborted');
      },
      askAgain: (io) => io.send({ type: 'failed', random: io.random() }),
    },
    write: {
      canWrite: (io) => memoryOf(io).open,
      write: (io, message, bytes) =>
        memoryOf(io).exchange?.send('websocket.write', frameBytes(bytes, true), {
          status: 0,
          messages: [message],
          cursor: 0,
          code: OPCODE.TEXT,
        }),
    },
  },
  server: {
    machine: websocketServerMachine,
    context: () => ({}),
    effects: {
      work: (io) => io.work('request'),
      accept,
      listen: (io) => io.subscribe(),
      sendFrames,
      pong: (io) => io.exchange.part('websocket.pong', frameBytes(0, false), control(OPCODE.PONG)),
      close: (io) =>
        io.exchange.part('websocket.close', frameBytes(CLOSE_PAYLOAD_BYTES, false), control(OPCODE.CLOSE)),
      finish: (io) => io.exchange.end(),
      giveUp: (io) => io.exchange.abort(),
    },
    // The HTTP server that ws listens with answers every plain request so (8.21, lib/websocket-server.js).
    withoutUpgrade: (exchange) =>
      exchange.respond('websocket.426', REQUIRED_BODY_BYTES, {
        status: 426,
        messages: [],
        cursor: 0,
        code: 0,
      }),
  },
};
