import { answerOnce, askOnce } from '../../engine/contract/ask-once.ts';
import { backoffContext } from '../../engine/contract/backoff.ts';
import type { ClientIo, ServerIo, TransportPlugin } from '../../engine/contract/transport.ts';
import { longPollingClientMachine } from './client.machine.ts';
import { longPollingManifest } from './manifest.ts';
import { longPollingServerMachine } from './server.machine.ts';

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
      request: (io: ClientIo) => askOnce(io, 'long-polling'),
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
      answer: (io: ServerIo) => answerOnce(io, 'long-polling'),
    },
  },
};
