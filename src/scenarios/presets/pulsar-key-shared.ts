import type { Preset } from './preset.ts';

export const PULSAR_KEY_SHARED: Preset = {
  name: 'pulsar-key-shared',
  scenario: {
    version: 1,
    name: 'Key-shared: each room has one server at a time',
    about:
      'The same servers, the same fault as in “A shared subscription”, but all messages of a room go to one server. What the dead one had of its room comes to the other before anything newer: order is kept.',
    seed: 1,
    durationMs: 16_000,
    settleMs: 8_000,
    servers: { count: 2, cpu: { perReceiveMs: 20 } },
    backplane: { kind: 'pulsar', partitions: 1, subscriptionType: 'key-shared' },
    publishers: [
      { name: 'one', room: 'doc-1', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 60 } },
      { name: 'two', room: 'doc-2', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 70 } },
    ],
    clients: [{ name: 'reader', count: 2, rooms: ['doc-1', 'doc-2'], transport: { kind: 'websocket' } }],
    faults: [
      { kind: 'server-pause', atMs: 6_000, forMs: 2_000, target: 'server-2' },
      { kind: 'server-crash', atMs: 8_000, target: 'server-2' },
    ],
    expect: [{ metric: 'totals.deliveries.outOfOrder', max: 0 }],
  },
};
