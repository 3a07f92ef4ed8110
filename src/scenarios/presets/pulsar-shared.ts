import type { Preset } from './preset.ts';

export const PULSAR_SHARED: Preset = {
  name: 'pulsar-shared',
  group: 'pulsar',
  scenario: {
    version: 1,
    name: 'A shared subscription: any server, any order',
    about:
      'Two servers share a subscription, and each message goes to one of them. One stands still, then dies: what it had comes to the other when that is far ahead, and the order of each room is lost.',
    seed: 1,
    durationMs: 16_000,
    settleMs: 8_000,
    servers: { count: 2, cpu: { perReceiveMs: 20 } },
    backplane: { kind: 'pulsar', partitions: 1, subscriptionType: 'shared' },
    publishers: [
      { name: 'one', room: 'doc-1', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 60 } },
      { name: 'two', room: 'doc-2', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 70 } },
    ],
    clients: [{ name: 'reader', count: 2, rooms: ['doc-1', 'doc-2'], transport: { kind: 'websocket' } }],
    faults: [
      { kind: 'server-pause', atMs: 6_000, forMs: 2_000, target: 'server-2' },
      { kind: 'server-crash', atMs: 8_000, target: 'server-2' },
    ],
    expect: [{ metric: 'totals.deliveries.outOfOrder', min: 5 }],
  },
};
