import type { Preset } from './preset.ts';

export const KAFKA_COMMIT_AFTER: Preset = {
  name: 'kafka-commit-after',
  scenario: {
    version: 1,
    name: 'Committed too late: twice',
    about:
      'The same crash as in “Committed too early: a gap”, but offsets are committed when the batch is done: the server begins again before messages that it had passed on already.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 5_000,
    servers: { count: 1, cpu: { perReceiveMs: 100 } },
    backplane: { kind: 'kafka', partitions: 1, commit: 'after', autoOffsetReset: 'earliest' },
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
      { metric: 'totals.deliveries.duplicates', min: 2 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
