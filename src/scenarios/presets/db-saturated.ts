import type { Preset } from './preset.ts';

export const DB_SATURATED: Preset = {
  name: 'db-saturated',
  group: 'database',
  scenario: {
    version: 1,
    name: 'Every server polls, and the database drowns',
    about:
      'Each server asks the database four times a second, whether there is anything new or not, and a question costs it 50 ms: five servers are all that it can bear. Every two seconds one more begins. From the sixth on questions come faster than answers, and updates arrive seconds late, then later still; and again and again, as questions that were asked before the answer came all find the same rows.',
    seed: 1,
    durationMs: 24_000,
    settleMs: 6_000,
    servers: { count: 8 },
    backplane: {
      kind: 'database-polling',
      intervalMs: 250,
      schedule: 'overlapping',
      workers: 1,
      queryMs: 50,
    },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        arrivals: { kind: 'periodic', everyMs: 1_000 },
        text: 'anything new? ',
      },
    ],
    clients: [
      {
        name: 'reader',
        count: 8,
        startSpreadMs: 16_000,
        rooms: ['doc-123'],
        transport: { kind: 'websocket' },
      },
    ],
    expect: [
      { metric: 'backplane.queuedPeakMs', min: 1_000 },
      { metric: 'backplane.busyMs', min: 15_000 },
      { metric: 'groups.reader.deliveries.latencyMs.p50', min: 100 },
      { metric: 'groups.reader.deliveries.latencyMs.max', min: 4_000 },
      { metric: 'groups.reader.deliveries.duplicates', min: 100 },
    ],
  },
};
