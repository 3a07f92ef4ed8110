import type { Preset } from './preset.ts';

export const BATCHED_FRAMES: Preset = {
  name: 'batched-frames',
  group: 'server',
  scenario: {
    version: 1,
    name: 'A tenth of a second buys a server',
    about:
      'Sixty updates a second to a hundred clients: six thousand sends, each a fifth of a millisecond of the server’s time, are more than it has. It gathers for 100 ms and sends ten frames a second to each. Set batchMs to 0 and watch its queue grow.',
    seed: 1,
    durationMs: 12_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    servers: { batchMs: 100, cpu: { perMessageMs: 0.2 } },
    publishers: [
      {
        name: 'ticker',
        room: 'prices',
        startMs: 2_000,
        arrivals: { kind: 'poisson', perSecond: 60 },
        bytes: 60,
      },
    ],
    clients: [
      { name: 'websocket', count: 60, rooms: ['prices'], transport: { kind: 'websocket' } },
      { name: 'sse', count: 40, rooms: ['prices'], transport: { kind: 'sse' } },
    ],
    expect: [
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'groups.websocket.deliveries.latencyMs.p99', max: 250 },
      { metric: 'groups.sse.deliveries.latencyMs.p99', max: 250 },
    ],
  },
};
