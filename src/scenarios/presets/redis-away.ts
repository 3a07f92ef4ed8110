import type { Preset } from './preset.ts';

export const REDIS_AWAY: Preset = {
  name: 'redis-away',
  group: 'redis',
  scenario: {
    version: 1,
    name: 'Redis Pub/Sub keeps nothing for whoever is away',
    about:
      'Redis restarts, and one of three servers cannot reach it for two seconds more. The others miss next to nothing; what is published meanwhile is gone for all clients of that one, whatever their transport remembers.',
    seed: 1,
    durationMs: 15_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    servers: { count: 3 },
    backplane: { kind: 'redis-pubsub' },
    publishers: [
      { name: 'editor', room: 'doc-123', arrivals: { kind: 'periodic', everyMs: 250 }, text: 'hello ' },
    ],
    clients: [
      { name: 'sse', count: 3, transport: { kind: 'sse' } },
      { name: 'websocket', count: 3, transport: { kind: 'websocket' }, repair: { detectGaps: true } },
    ],
    faults: [
      { kind: 'partition', between: ['server-2', 'redis'], atMs: 6_000, forMs: 2_000 },
      { kind: 'broker-crash', target: 'redis', atMs: 6_050, forMs: 100 },
    ],
    expect: [
      { metric: 'backplane.dropped', min: 5 },
      { metric: 'groups.sse.deliveries.lost', min: 5 },
      { metric: 'groups.websocket.deliveries.missed', min: 5 },
      { metric: 'groups.websocket.deliveries.duplicates', max: 0 },
    ],
  },
};
