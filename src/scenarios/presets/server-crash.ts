import type { Preset } from './preset.ts';

export const SERVER_CRASH: Preset = {
  name: 'server-crash',
  group: 'outages',
  scenario: {
    version: 1,
    name: 'The server is gone for three seconds',
    about:
      'Everybody is cut off and comes back. An event stream says what it had last and is sent the rest; a WebSocket knows nothing of the past unless the application asks for it.',
    seed: 1,
    durationMs: 40_000,
    settleMs: 10_000,
    network: { access: { rttMs: 100 } },
    servers: { durable: true },
    publishers: [
      { name: 'editor', room: 'doc-123', arrivals: { kind: 'periodic', everyMs: 250 }, text: 'hello ' },
    ],
    clients: [
      { name: 'long-polling', transport: { kind: 'long-polling' } },
      { name: 'sse', transport: { kind: 'sse' } },
      { name: 'websocket', transport: { kind: 'websocket' } },
      { name: 'resuming', transport: { kind: 'websocket', resume: true } },
    ],
    faults: [{ kind: 'server-crash', atMs: 10_000, forMs: 3_000, target: 'server-1' }],
    expect: [
      { metric: 'totals.refused', min: 12, max: 12 },
      { metric: 'groups.sse.deliveries.lost', max: 0 },
      { metric: 'groups.resuming.deliveries.lost', max: 0 },
      { metric: 'groups.websocket.deliveries.lost', min: 1 },
    ],
  },
};
