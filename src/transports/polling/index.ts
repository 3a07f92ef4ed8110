import { answerOnce, askOnce } from '../../engine/contract/ask-once.ts';
import type { ClientIo, ServerIo, TransportPlugin } from '../../engine/contract/transport.ts';
import { pollingClientMachine } from './client.machine.ts';
import { pollingManifest } from './manifest.ts';
import { pollingServerMachine } from './server.machine.ts';

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
      request: (io: ClientIo) => askOnce(io, 'polling'),
      deliver: (io: ClientIo) => io.deliver((io.memory.inbox as number[]).splice(0)),
      skipTick: () => {},
    },
  },
  server: {
    machine: pollingServerMachine,
    context: () => ({}),
    effects: {
      work: (io: ServerIo) => io.work('request'),
      answer: (io: ServerIo) => answerOnce(io, 'polling'),
    },
  },
};
