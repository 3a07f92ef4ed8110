import { askOnce } from '../../engine/contract/ask-once.ts';
import type { ClientIo, ServerIo, TransportPlugin } from '../../engine/contract/transport.ts';
import { pollingClientMachine } from './client.machine.ts';
import { pollingManifest } from './manifest.ts';
import { pollingServerMachine } from './server.machine.ts';
import { pollBodyBytes, pollQueryBytes } from './wire.ts';

/** Simple polling: the client asks at intervals whether there is something new. */
export const polling: TransportPlugin = {
  manifest: pollingManifest,
  client: {
    machine: pollingClientMachine,
    context: (options) => ({
      fixedRate: options.schedule === 'after-response' ? 0 : 1,
      intervalMs: options.intervalMs as number,
    }),
    effects: {
      request: (io: ClientIo) => askOnce(io, 'polling', 'polling.request', pollQueryBytes(io.rooms.length)),
      deliver: (io: ClientIo) => io.deliver((io.memory.inbox as number[]).splice(0)),
      skipTick: () => {},
    },
  },
  server: {
    machine: pollingServerMachine,
    context: () => ({}),
    effects: {
      work: (io: ServerIo) => io.work('request'),
      answer: (io: ServerIo) => {
        const messages = io.exchange.content.cursor < 0 ? [] : io.news();
        const snapshots = io.snapshots();
        const bytes = pollBodyBytes(
          messages.map((message) => io.bytesOf(message)),
          snapshots.map((snapshot) => snapshot.bytes),
        );
        const what =
          snapshots.length > 0
            ? 'polling.snapshot'
            : messages.length > 0
              ? 'polling.response'
              : 'polling.empty';
        const content = { status: 200, messages, cursor: io.cursorNow(), code: 0 };
        io.exchange.respond(what, bytes, snapshots.length > 0 ? { ...content, snapshots } : content);
      },
    },
  },
};
