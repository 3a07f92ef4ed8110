import type { Preset } from './preset.ts';

export const RING_STALE_VIEW: Preset = {
  name: 'ring-stale-view',
  group: 'ring',
  scenario: {
    version: 1,
    name: 'A stale view misroutes',
    about:
      'The editor’s process is cut off from the coordinator when a fourth server joins. It sends by the ring that it knows, so updates for users who have moved come to their old server, which knows better and passes them on: a hop more for each, until the watch event gets through. Nothing is lost by that, only late.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 }, datacenter: { rttMs: 2 } },
    servers: { count: 4 },
    backplane: { kind: 'hash-ring' },
    publishers: [
      { name: 'editor', room: 'doc-123', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 250 } },
    ],
    clients: [{ name: 'user', count: 24, rooms: ['doc-123'], transport: { kind: 'sse', retryMs: 500 } }],
    faults: [
      { kind: 'partition', atMs: 7_000, forMs: 7_000, between: ['editor', 'etcd'] },
      { kind: 'server-join', atMs: 8_000, target: 'server-4' },
    ],
    expect: [
      { metric: 'backplane.misrouted', min: 20 },
      { metric: 'backplane.movedClients', min: 2, max: 12 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
