import type { Fields } from './fields.ts';

const SOCKET_IO = 'Socket.IO client 4: reconnectionDelay 1000, reconnectionDelayMax 5000, factor 2, for ever';

/** `clients[].reconnect`: what an application does when it has lost its connection. */
export const RECONNECT_FIELDS = {
  kind: {
    type: 'choice',
    values: ['none', 'fixed', 'exponential'],
    default: 'exponential',
    about: 'none: it gives up. fixed: always waits baseMs. exponential: waits longer each time.',
    source: SOCKET_IO,
  },
  baseMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 3_600_000,
    default: 1_000,
    needs: { kind: ['fixed', 'exponential'] },
    about: 'First wait.',
    source: SOCKET_IO,
  },
  maxMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 3_600_000,
    default: 5_000,
    needs: { kind: ['fixed', 'exponential'] },
    about: 'Longest wait.',
    source: SOCKET_IO,
  },
  factor: {
    type: 'number',
    unit: '',
    min: 1,
    max: 100,
    default: 2,
    needs: { kind: ['exponential'], jitter: ['none', 'full', 'equal'] },
    about: 'By what a wait is longer than the one before.',
    source: SOCKET_IO,
  },
  jitter: {
    type: 'choice',
    values: ['none', 'full', 'equal', 'decorrelated'],
    default: 'equal',
    needs: { kind: ['fixed', 'exponential'] },
    about:
      'Luck in the wait w. full: 0 to w. equal: half of w and up to half more. decorrelated: baseMs to three times the last wait.',
    source:
      'nearest to Socket.IO client 4, which strays by half (randomizationFactor 0.5); names as in AWS’s article on backoff and jitter',
  },
  maxAttempts: {
    type: 'number',
    unit: 'attempts',
    min: 0,
    max: 1_000_000,
    integer: true,
    orNull: 'for ever',
    default: null,
    needs: { kind: ['fixed', 'exponential'] },
    about: 'Attempts in a row before it gives up.',
    source: SOCKET_IO,
  },
} as const satisfies Fields;
