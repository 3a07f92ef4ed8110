import type { Preset } from './preset.ts';

export const NEW_ADDRESS: Preset = {
  name: 'new-address',
  group: 'outages',
  scenario: {
    version: 1,
    name: 'Out of the Wi-Fi, into the street',
    about:
      'At ten seconds ten phones get a new address. They know: the pages open their WebSockets again at once, and EventSource does after its three seconds, as ever. The server does not know, and goes on sending to ten connections that nobody has any more.',
    seed: 1,
    durationMs: 30_000,
    settleMs: 10_000,
    network: { access: { rttMs: 100 } },
    publishers: [
      { name: 'editor', room: 'doc-123', arrivals: { kind: 'poisson', perSecond: 2 }, text: 'hello ' },
    ],
    clients: [
      { name: 'sse', count: 5, transport: { kind: 'sse' } },
      { name: 'websocket', count: 5, transport: { kind: 'websocket', resume: true } },
    ],
    faults: [{ kind: 'network-switch', atMs: 10_000 }],
    expect: [
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'groups.websocket.connections.reconnects', min: 5 },
      { metric: 'servers.server-1.connectionsOpen', min: 20 },
    ],
  },
};
