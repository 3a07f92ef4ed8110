import type { Preset } from './preset.ts';

export const STREAMS_CLAIMED: Preset = {
  name: 'streams-claimed',
  group: 'redis',
  scenario: {
    version: 1,
    name: 'Claimed from the dead, and delivered twice',
    about:
      'Two servers share a stream as a consumer group; the client is at server 1, which takes a tenth of a second for each entry. Its link to Redis is dead when it passes on the last few, so their acknowledgements do not arrive, and then it dies. The client comes to server 2, which after five seconds may claim what is pending: some entries a second time, the others late, behind newer ones.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 10_000,
    servers: { count: 2, cpu: { perReceiveMs: 100 } },
    backplane: { kind: 'redis-streams', pattern: 'group', minIdleMs: 5_000, claimIntervalMs: 2_000 },
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
    faults: [
      { kind: 'partition', between: ['server-1', 'redis'], direction: 'forth', atMs: 8_300, forMs: 5_000 },
      { kind: 'server-crash', target: 'server-1', atMs: 8_650, forMs: 12_000 },
    ],
    expect: [
      { metric: 'totals.deliveries.duplicates', min: 2 },
      { metric: 'totals.deliveries.outOfOrder', min: 2 },
      { metric: 'backplane.redelivered', min: 5 },
    ],
  },
};
