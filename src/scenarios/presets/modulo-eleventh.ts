import type { Preset } from './preset.ts';

export const MODULO_ELEVENTH: Preset = {
  name: 'modulo-eleventh',
  group: 'ring',
  scenario: {
    version: 1,
    name: 'The eleventh server moves everybody',
    about:
      'Sixty-six users belong to ten servers by their hash modulo 10. An eleventh server joins: modulo 11 ten of eleven users belong elsewhere, their sockets close, all connect anew at the same moment, and what is published meanwhile is lost to them. On a hash ring one of eleven moves.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    servers: { count: 11 },
    backplane: { kind: 'modulo-hash' },
    publishers: [
      { name: 'editor', room: 'doc-123', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 250 } },
    ],
    clients: [{ name: 'user', count: 66, rooms: ['doc-123'], transport: { kind: 'websocket' } }],
    faults: [{ kind: 'server-join', atMs: 8_000, target: 'server-11' }],
    expect: [
      { metric: 'backplane.movedClients', min: 54 },
      { metric: 'groups.user.connections.reconnects', min: 54 },
      { metric: 'totals.deliveries.lost', min: 150 },
    ],
  },
};
