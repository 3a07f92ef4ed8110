import type { Preset } from './preset.ts';

export const KAFKA_ACKS_1: Preset = {
  name: 'kafka-acks-1',
  group: 'kafka',
  scenario: {
    version: 1,
    name: 'Confirmed, and lost',
    about:
      'The broker that leads the partition is cut off from those that follow it, still confirms every message by itself (acks=1), and dies. A follower is elected nine seconds later, and has never heard of them. With acks=all the same crash loses nothing.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 10_000,
    servers: { count: 2 },
    backplane: { kind: 'kafka', partitions: 1, acks: '1' },
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
      { metric: 'totals.deliveries.lost', min: 10 },
      { metric: 'backplane.dropped', min: 5 },
    ],
  },
};
