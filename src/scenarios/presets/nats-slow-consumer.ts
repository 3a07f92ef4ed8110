import type { Preset } from './preset.ts';

export const NATS_SLOW_CONSUMER: Preset = {
  name: 'nats-slow-consumer',
  group: 'nats',
  scenario: {
    version: 1,
    name: 'A slow consumer is cut off',
    about:
      'A server stands still for 15 seconds. Its kernel takes in what it can, then a write of NATS blocks: after ten seconds (write_deadline) the server is a slow consumer. NATS closes its connection and throws away what waited. When it goes on it needs two seconds more to connect again, and what is published until then is not for it either.',
    seed: 1,
    durationMs: 22_000,
    settleMs: 5_000,
    network: { access: { rttMs: 40 } },
    servers: { count: 2 },
    backplane: { kind: 'nats' },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 1_500,
        arrivals: { kind: 'periodic', everyMs: 250 },
        bytes: 40_000,
      },
    ],
    clients: [{ name: 'websocket', count: 2, transport: { kind: 'websocket' } }],
    faults: [{ kind: 'server-pause', target: 'server-1', atMs: 2_000, forMs: 15_000 }],
    expect: [
      { metric: 'backplane.dropped', min: 40 },
      { metric: 'groups.websocket.deliveries.lost', min: 40 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
    ],
  },
};
