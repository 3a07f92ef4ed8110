import type { Preset } from './preset.ts';

export const THREAD_PER_REQUEST: Preset = {
  name: 'thread-per-request',
  group: 'server',
  scenario: {
    version: 1,
    name: 'Held polls take every thread',
    about:
      'A server with twenty threads, one for each request until it is answered, and twenty-five clients that wait for an alarm by long polling: their requests are held, and each keeps a thread. Somebody who only reads a page, a request of a millisecond, waits for one of those to end. Look at the server’s card: 20/20 are taken, six requests wait, and its CPU is idle. Set threads to null, an event loop, and nobody waits.',
    seed: 1,
    durationMs: 60_000,
    settleMs: 20_000,
    network: { access: { rttMs: 60 } },
    servers: { threads: 20 },
    publishers: [
      { name: 'alarm', room: 'alarms', startMs: 59_900, arrivals: { kind: 'periodic', everyMs: 60_000 } },
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 5_000,
        arrivals: { kind: 'periodic', everyMs: 500 },
        text: 'hello ',
      },
    ],
    clients: [
      { name: 'reader', rooms: ['doc-123'], transport: { kind: 'polling', intervalMs: 1_000 } },
      {
        name: 'waiting',
        count: 25,
        startMs: 4_000,
        startSpreadMs: 2_000,
        rooms: ['alarms'],
        transport: { kind: 'long-polling', holdMs: 20_000 },
      },
    ],
    expect: [
      { metric: 'servers.server-1.threadsPeak', min: 20, max: 20 },
      { metric: 'servers.server-1.threadWaitPeakMs', min: 10_000 },
      { metric: 'groups.reader.deliveries.latencyMs.max', min: 10_000 },
      { metric: 'servers.server-1.busyMs', max: 500 },
    ],
  },
};
