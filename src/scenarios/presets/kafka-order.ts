import type { Preset } from './preset.ts';

export const KAFKA_ORDER: Preset = {
  name: 'kafka-order',
  group: 'kafka',
  scenario: {
    version: 1,
    name: 'Order, but only within a partition',
    about:
      'Each message goes to the next partition, whatever its room, and at six seconds one of three brokers stands still for a moment: what went to the others overtakes. Nothing is lost. With the room as the key (partitioner: key) the same pause delays messages, and mixes up none.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 5_000,
    servers: { count: 2 },
    backplane: { kind: 'kafka', partitioner: 'round-robin' },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 1_000,
        arrivals: { kind: 'periodic', everyMs: 200 },
        text: 'order is a matter of partitions ',
      },
    ],
    clients: [{ name: 'reader', count: 2, rooms: ['doc-123'], transport: { kind: 'websocket' } }],
    faults: [{ kind: 'broker-pause', atMs: 6_000, forMs: 1_500, target: 'kafka-2' }],
    expect: [
      { metric: 'groups.reader.deliveries.outOfOrder', min: 4 },
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
    ],
  },
};
