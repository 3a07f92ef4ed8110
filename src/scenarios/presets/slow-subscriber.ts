import type { Preset } from './preset.ts';

export const SLOW_SUBSCRIBER: Preset = {
  name: 'slow-subscriber',
  group: 'redis',
  scenario: {
    version: 1,
    name: 'A subscriber that does not read is cut off',
    about:
      'A server stands still for three seconds. Its kernel takes in what it can, then Redis keeps the rest, up to its output buffer limit (lowered to 1 MB here): then it lets go of the server, and of all that waited.',
    seed: 1,
    durationMs: 9_000,
    settleMs: 5_000,
    network: { access: { rttMs: 40 } },
    servers: { count: 2 },
    backplane: { kind: 'redis-pubsub', hardLimitBytes: 1_000_000 },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 2_000,
        arrivals: { kind: 'periodic', everyMs: 20 },
        bytes: 20_000,
      },
    ],
    clients: [{ name: 'websocket', count: 2, transport: { kind: 'websocket' } }],
    faults: [{ kind: 'server-pause', target: 'server-1', atMs: 1_900, forMs: 3_000 }],
    expect: [
      { metric: 'backplane.dropped', min: 40 },
      { metric: 'groups.websocket.deliveries.lost', min: 40 },
    ],
  },
};
