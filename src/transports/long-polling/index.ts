import { askOnce } from '../../engine/contract/ask-once.ts';
import { backoffContext } from '../../engine/contract/backoff.ts';
import type { ClientIo, ServerIo, TransportPlugin } from '../../engine/contract/transport.ts';
import { longPollingClientMachine } from './client.machine.ts';
import { longPollingManifest } from './manifest.ts';
import { longPollingServerMachine } from './server.machine.ts';
import { answerBodyBytes, requestQueryBytes } from './wire.ts';

/** Long polling: the server keeps the question until it has an answer. */
export const longPolling: TransportPlugin = {
  manifest: longPollingManifest,
  client: {
    machine: longPollingClientMachine,
    context: (options, reconnect) => ({
      ...backoffContext(reconnect),
      timeoutMs: (options.timeoutMs as number | null) ?? Number.POSITIVE_INFINITY,
    }),
    effects: {
      request: (io: ClientIo) =>
        askOnce(io, 'long-polling', 'long-polling.request', requestQueryBytes(io.rooms.length)),
      deliver: (io: ClientIo) => io.deliver((io.memory.inbox as number[]).splice(0)),
      giveUpRequest: (io: ClientIo) => (io.memory.exchange as { abort(): void } | undefined)?.abort(),
    },
  },
  server: {
    machine: longPollingServerMachine,
    context: (options) => ({ holdMs: options.holdMs as number }),
    effects: {
      work: (io: ServerIo) => io.work('request'),
      wait: (io: ServerIo) => io.subscribe(),
      answer: (io: ServerIo) => {
        const messages = io.exchange.content.cursor < 0 ? [] : io.news();
        const snapshots = io.snapshots();
        const bytes = answerBodyBytes(
          messages.map((message) => io.bytesOf(message)),
          snapshots.map((snapshot) => snapshot.bytes),
        );
        const what =
          snapshots.length > 0
            ? 'long-polling.snapshot'
            : messages.length > 0
              ? 'long-polling.response'
              : 'long-polling.empty';
        const content = { status: 200, messages, cursor: io.cursorNow(), code: 0 };
        io.exchange.respond(what, bytes, snapshots.length > 0 ? { ...content, snapshots } : content);
      },
    },
  },
};
