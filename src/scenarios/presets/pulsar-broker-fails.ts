import type { Preset } from './preset.ts';

export const PULSAR_BROKER_FAILS: Preset = {
  name: 'pulsar-broker-fails',
  group: 'pulsar',
  scenario: {
    version: 1,
    name: 'A broker dies, and its topic moves without a byte',
    about:
      'Broker 1 owns the room’s partition and dies for good. When its session is over, broker 2 takes the partition: it fences the last ledger on the bookies, opens a new one and goes on. Nothing is copied and nothing lost; what was acknowledged in the last second comes again, as cursors are written down only so often.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 6_000,
    servers: { count: 2 },
    backplane: { kind: 'pulsar', partitions: 2, metadataSessionTimeoutMs: 5_000 },
    publishers: [
      {
        name: 'editor',
        room: 'doc-1',
        startMs: 1_000,
        arrivals: { kind: 'periodic', everyMs: 100 },
        text: 'who owns this? ',
      },
      { name: 'other', room: 'doc-2', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 250 } },
    ],
    clients: [
      { name: 'reader', count: 2, rooms: ['doc-1'], transport: { kind: 'websocket' } },
      { name: 'neighbour', count: 2, rooms: ['doc-2'], transport: { kind: 'websocket' } },
    ],
    faults: [{ kind: 'broker-crash', atMs: 8_950, target: 'broker-1' }],
    expect: [
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'groups.reader.deliveries.duplicates', min: 2 },
      { metric: 'groups.reader.deliveries.latencyMs.max', min: 3_000 },
      { metric: 'groups.neighbour.deliveries.latencyMs.max', max: 200 },
    ],
  },
};
