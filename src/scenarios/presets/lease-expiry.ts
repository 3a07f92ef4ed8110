import type { Preset } from './preset.ts';

export const LEASE_EXPIRY: Preset = {
  name: 'lease-expiry',
  group: 'ring',
  scenario: {
    version: 1,
    name: 'Dead, and still a member',
    about:
      'A server dies. Its lease lives on for ten seconds, and so long it owns its users by everybody’s view: they knock at a door that nobody opens, and their updates are sent to nobody. Then the coordinator gives up the lease, the ring closes over the gap, and they are back within a retry. A shorter lease is faster, and takes a long pause for a death.',
    seed: 1,
    durationMs: 25_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    servers: { count: 4 },
    backplane: { kind: 'hash-ring', leaseTtlMs: 10_000 },
    publishers: [
      { name: 'editor', room: 'doc-123', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 250 } },
    ],
    clients: [
      {
        name: 'user',
        count: 16,
        rooms: ['doc-123'],
        transport: { kind: 'websocket' },
        reconnect: { kind: 'exponential', baseMs: 500, maxMs: 2_000, jitter: 'full' },
      },
    ],
    faults: [{ kind: 'server-crash', atMs: 6_000, target: 'server-2' }],
    expect: [
      { metric: 'backplane.movedClients', min: 1 },
      { metric: 'backplane.dropped', min: 20 },
      { metric: 'totals.deliveries.lost', min: 40 },
      { metric: 'servers.server-2.connectionsOpen', max: 0 },
    ],
  },
};
