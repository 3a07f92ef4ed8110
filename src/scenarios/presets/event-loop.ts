import type { Preset } from './preset.ts';
import { THREAD_PER_REQUEST } from './thread-per-request.ts';

export const EVENT_LOOP: Preset = {
  name: 'event-loop',
  group: 'server',
  scenario: {
    ...THREAD_PER_REQUEST.scenario,
    name: 'An event loop holds them all',
    about:
      'The clients of “Held polls take every thread”, and a server with one thread and an event loop: a request that is held is an entry in a list, and takes no thread. The reader never waits longer than until its next poll.',
    servers: { threads: null },
    expect: [
      { metric: 'groups.reader.deliveries.latencyMs.max', max: 1_200 },
      { metric: 'servers.server-1.threadWaitPeakMs', max: 0 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
