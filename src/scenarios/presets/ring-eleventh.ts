import type { Preset } from './preset.ts';

export const RING_ELEVENTH: Preset = {
  name: 'ring-eleventh',
  scenario: {
    version: 1,
    name: 'The eleventh server moves one in eleven',
    about:
      'The same users and servers on a ring of hashes, a hundred points for each server. The eleventh server takes over the arcs before its own points and nothing else: whoever lives on them connects anew, to it, and all others notice nothing.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    servers: { count: 11 },
    backplane: { kind: 'hash-ring' },
    publishers: [
      { name: 'editor', room: 'doc-123', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 250 } },
    ],
    clients: [{ name: 'user', count: 66, rooms: ['doc-123'], transport: { kind: 'websocket' } }],
    faults: [{ kind: 'server-join', atMs: 8_000, target: 'server-11' }],
    expect: [
      { metric: 'backplane.movedClients', min: 1, max: 12 },
      { metric: 'groups.user.connections.reconnects', min: 1, max: 12 },
      { metric: 'totals.deliveries.lost', max: 60 },
    ],
  },
};
