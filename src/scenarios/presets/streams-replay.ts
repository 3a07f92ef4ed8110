import type { Preset } from './preset.ts';

export const STREAMS_REPLAY: Preset = {
  name: 'streams-replay',
  group: 'redis',
  scenario: {
    version: 1,
    name: 'Redis Streams: away, and nothing missed',
    about:
      'The same trouble as in “Redis Pub/Sub keeps nothing for whoever is away”, with a stream: Redis restarts, and one of three servers cannot reach it for two seconds more. It asks for what is behind the last ID that it has read, and gets it all, late, in order, once.',
    seed: 1,
    durationMs: 15_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    servers: { count: 3 },
    backplane: { kind: 'redis-streams', appendOnly: true },
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
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
      { metric: 'totals.deliveries.outOfOrder', max: 0 },
      { metric: 'groups.sse.deliveries.latencyMs.max', min: 1_500 },
    ],
  },
};
