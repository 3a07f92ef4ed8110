import { askOnce } from '../../engine/contract/ask-once.ts';
import { backoffContext } from '../../engine/contract/backoff.ts';
import { PROBES_OPTION } from '../../engine/contract/probes.ts';
import type { ClientIo, ServerIo, TransportPlugin } from '../../engine/contract/transport.ts';
import { longPollingClientMachine } from './client.machine.ts';
import { longPollingServerMachine } from './server.machine.ts';
import { answerBodyBytes, requestQueryBytes } from './wire.ts';

/** Long polling: the server keeps the question until it has an answer. */
export const longPolling: TransportPlugin = {
  manifest: {
    kind: 'long-polling',
    title: 'Long polling',
    about:
      'The server holds the request until there is an update; the answer is followed by the next request.',
    options: {
      holdMs: {
        type: 'number',
        unit: 'ms',
        min: 10,
        max: 3_600_000,
        default: 30_000,
        about: 'How long the server holds a request at most before it answers with nothing.',
        source: 'RFC 6202 §5.5: 30 seconds is a safe time to hold a request; some proxies cut at 60.',
      },
      keepAlive: {
        type: 'flag',
        default: true,
        about: 'Whether the connection is used again for the next request.',
        source: 'RFC 9112 §9.3: connections persist unless one side says `close`.',
      },
      probes: PROBES_OPTION,
      timeoutMs: {
        type: 'number',
        unit: 'ms',
        min: 10,
        max: 3_600_000,
        default: null,
        orNull: 'the client waits for ever',
        about: 'How long the client waits for an answer before it gives the request up and asks again.',
        source: 'The Fetch Standard has no timeout of its own.',
      },
    },
    stack: ['http', 'tls', 'tcp', 'dns'],
    guarantees: { ordered: true, replay: 'always' },
    vocabulary: {
      'long-polling.request': {
        label: 'held request',
        role: 'request',
        explanation: 'Tell me as soon as there is something after my cursor.',
      },
      'long-polling.response': {
        label: 'answer',
        role: 'response',
        explanation: 'What was published since the cursor.',
      },
      'long-polling.empty': {
        label: 'nothing yet',
        role: 'response',
        explanation: 'The hold ran out, or the cursor was asked for.',
      },
    },
    sources: ['RFC 6202 §2 (HTTP long polling)'],
    leavesOut: ['Servers that need a thread for each held request.', 'Proxies with an idle timeout.'],
  },
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
        const bytes = answerBodyBytes(messages.map((message) => io.bytesOf(message)));
        const what = messages.length > 0 ? 'long-polling.response' : 'long-polling.empty';
        io.exchange.respond(what, bytes, { status: 200, messages, cursor: io.cursorNow(), code: 0 });
      },
    },
  },
};
