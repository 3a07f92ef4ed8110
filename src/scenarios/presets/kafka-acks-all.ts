import type { Preset } from './preset.ts';

export const KAFKA_ACKS_ALL: Preset = {
  name: 'kafka-acks-all',
  scenario: {
    version: 1,
    name: 'Not confirmed, and kept',
    about:
      'The same crash as in “Confirmed, and lost”, with acks=all: the leader confirms nothing that its followers do not have, so the source tries again until there is a new leader. Late, but all there, once.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 10_000,
    servers: { count: 2 },
    backplane: { kind: 'kafka', partitions: 1, acks: 'all' },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 1_000,
        arrivals: { kind: 'periodic', everyMs: 250 },
        text: 'who has this? ',
      },
    ],
    clients: [{ name: 'reader', count: 2, rooms: ['doc-123'], transport: { kind: 'websocket' } }],
    faults: [
      { kind: 'partition', atMs: 4_000, forMs: 3_000, between: ['kafka-1', 'kafka-2'] },
      { kind: 'partition', atMs: 4_000, forMs: 3_000, between: ['kafka-1', 'kafka-3'] },
      { kind: 'broker-crash', atMs: 6_000, forMs: 12_000, target: 'kafka-1' },
    ],
    expect: [
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
      { metric: 'backplane.redelivered', min: 5 },
      { metric: 'groups.reader.deliveries.latencyMs.max', min: 5_000 },
    ],
  },
};
