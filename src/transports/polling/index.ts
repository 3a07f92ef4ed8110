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
        const bytes = pollBodyBytes(messages.map((message) => io.bytesOf(message)));
        const what = messages.length > 0 ? 'polling.response' : 'polling.empty';
        io.exchange.respond(what, bytes, { status: 200, messages, cursor: io.cursorNow(), code: 0 });
      },
    },
  },
};
