import type { Preset } from './preset.ts';

export const UPGRADE_REMOVED: Preset = {
  name: 'upgrade-removed',
  group: 'load-balancer',
  scenario: {
    version: 1,
    name: 'The proxy that takes Upgrade away',
    about:
      'A WebSocket begins as a GET with the field Upgrade. This proxy leaves that out of what it passes on, as nginx does unless it is told otherwise: the server sees a plain GET and answers 426, the WebSocket fails, waits, tries again, and never gets a message. SSE and long polling are plain requests and pass. At layer 4 nothing reads what TLS carries: so wss on port 443 gets through where ws on port 80 does not.',
    seed: 1,
    durationMs: 30_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    edge: { loadBalancer: { kind: 'layer-7', upgrade: 'removed' } },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 1_000,
        arrivals: { kind: 'periodic', everyMs: 500 },
        text: 'hello ',
      },
    ],
    clients: [
      { name: 'long-polling', transport: { kind: 'long-polling' } },
      { name: 'sse', transport: { kind: 'sse' } },
      { name: 'websocket', transport: { kind: 'websocket' } },
    ],
    expect: [
      { metric: 'groups.websocket.neverReady', min: 1 },
      { metric: 'groups.websocket.deliveries.delivered', max: 0 },
      // Again and again, with waits of up to 5 s.
      { metric: 'loadBalancer.upgradesRemoved', min: 6, max: 15 },
      { metric: 'groups.websocket.connections.failed', max: 0 },
      { metric: 'groups.sse.deliveries.delivered', min: 58 },
      { metric: 'groups.sse.deliveries.lost', max: 0 },
      { metric: 'groups.long-polling.deliveries.delivered', min: 58 },
      { metric: 'groups.long-polling.deliveries.lost', max: 0 },
    ],
  },
};
