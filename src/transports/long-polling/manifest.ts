import { PROBES_OPTION } from '../../engine/contract/probes.ts';
import type { TransportManifest } from '../../engine/contract/transport.ts';

/** What it is, what it can be told, and how far it can be trusted. */
export const longPollingManifest: TransportManifest = {
  kind: 'long-polling',
  title: 'Long polling',
  about: 'The server holds the request until there is an update; the answer is followed by the next request.',
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
    'long-polling.snapshot': {
      label: 'snapshot',
      role: 'response',
      explanation: 'A room’s state at a version, in place of the messages that made it, and what came after.',
    },
    'long-polling.empty': {
      label: 'nothing yet',
      role: 'response',
      explanation: 'The hold ran out, or the cursor was asked for.',
    },
  },
  sources: ['RFC 6202 §2 (HTTP long polling)'],
  leavesOut: ['Memory and open files, of which each held request takes some.'],
};
