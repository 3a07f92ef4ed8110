import type { Preset } from './preset.ts';

export const KAFKA_COMMIT_BEFORE: Preset = {
  name: 'kafka-commit-before',
  group: 'kafka',
  scenario: {
    version: 1,
    name: 'Committed too early: a gap',
    about:
      'A server commits its offsets and then works through the batch, a tenth of a second for each message. It crashes in the middle of one, and begins again behind messages that it never came to.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 5_000,
    servers: { count: 1, cpu: { perReceiveMs: 100 } },
    backplane: { kind: 'kafka', partitions: 1, commit: 'before', autoOffsetReset: 'earliest' },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 2_000,
        arrivals: { kind: 'burst', everyMs: 2_000, size: 10 },
      },
    ],
    clients: [
      {
        name: 'reader',
        rooms: ['doc-123'],
        reconnect: { kind: 'fixed', baseMs: 50 },
        transport: { kind: 'websocket' },
      },
    ],
    faults: [{ kind: 'server-crash', atMs: 8_850, forMs: 100 }],
    expect: [
      { metric: 'totals.deliveries.lost', min: 1 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
    ],
  },
};
