import { PROBES_OPTION } from '../../engine/contract/probes.ts';
import type { TransportManifest } from '../../engine/contract/transport.ts';

/** What it is, what it can be told, and how far it can be trusted. */
export const pollingManifest: TransportManifest = {
  kind: 'polling',
  title: 'Polling',
  about: 'The client asks again and again; an update waits on the server for the next question.',
  options: {
    intervalMs: {
      type: 'number',
      unit: 'ms',
      min: 10,
      max: 3_600_000,
      default: 1000,
      about: 'Time between two polls, measured as `schedule` says.',
      source: 'No product has a default of its own; one second is what tutorials start with.',
    },
    keepAlive: {
      type: 'flag',
      default: true,
      about: 'Whether the connection is used again, or opened anew for each poll.',
      source: 'RFC 9112 §9.3: connections persist unless one side says `close`.',
    },
    probes: PROBES_OPTION,
    conditional: {
      type: 'flag',
      default: false,
      about:
        'Answers have an ETag. Asked again with the same cursor, If-None-Match brings it along: with nothing new the answer is a 304 without a body.',
      source:
        'Node 20.20 makes no ETag. Express does, and fetch() in a browser then asks so (Fetch Standard).',
    },
    schedule: {
      type: 'choice',
      values: ['fixed-rate', 'after-response'],
      default: 'fixed-rate',
      about:
        '`fixed-rate`: a timer fires every interval and skips a tick while a request is open. ' +
        '`after-response`: the next request follows the interval after the last answer.',
      source: 'setInterval and setTimeout in a page, respectively.',
    },
  },
  stack: ['http', 'tls', 'tcp', 'dns'],
  guarantees: { ordered: true, replay: 'always' },
  vocabulary: {
    'polling.request': { label: 'poll', role: 'request', explanation: 'Anything new since my cursor?' },
    'polling.response': {
      label: 'answer',
      role: 'response',
      explanation: 'What was published since the cursor.',
    },
    'polling.snapshot': {
      label: 'snapshot',
      role: 'response',
      explanation: 'A room’s state at a version, in place of the messages that made it, and what came after.',
    },
    'polling.empty': {
      label: 'nothing new',
      role: 'response',
      explanation: 'An answer that carries no message.',
    },
    'polling.not-modified': {
      label: '304 Not Modified',
      role: 'response',
      explanation: 'Nothing new: the answer that the client has still holds.',
    },
  },
  sources: [
    'RFC 9110 §9.3.1 (GET)',
    'RFC 9110 §13.1.2, §15.4.5 (If-None-Match, 304)',
    'RFC 9112 §9.3 (persistent connections)',
  ],
  leavesOut: ['Browser timer throttling in hidden tabs.'],
};
