import type { Preset } from './preset.ts';

export const LINK_DOWN: Preset = {
  name: 'link-down',
  group: 'start',
  scenario: {
    version: 1,
    name: 'Twenty seconds without a link',
    about:
      'Packets vanish for twenty seconds, and nobody is told. When the link is back, TCP waits for its next retransmission, which may be far off; a heartbeat gives up and starts anew.',
    seed: 1,
    durationMs: 60_000,
    settleMs: 30_000,
    network: { access: { rttMs: 100 } },
    publishers: [
      { name: 'editor', room: 'doc-123', arrivals: { kind: 'periodic', everyMs: 500 }, text: 'hello ' },
    ],
    clients: [
      { name: 'polling', transport: { kind: 'polling' } },
      { name: 'long-polling', transport: { kind: 'long-polling' } },
      { name: 'sse', transport: { kind: 'sse' } },
      { name: 'websocket', transport: { kind: 'websocket' } },
      {
        name: 'heartbeat',
        transport: { kind: 'websocket', pingIntervalMs: 5_000, pongTimeoutMs: 3_000, resume: true },
      },
    ],
    faults: [{ kind: 'link-down', atMs: 10_000, forMs: 20_000 }],
    expect: [{ metric: 'totals.deliveries.lost', max: 0 }],
  },
};
