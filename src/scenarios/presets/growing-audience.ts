import type { Preset } from './preset.ts';

export const GROWING_AUDIENCE: Preset = {
  name: 'growing-audience',
  group: 'server',
  scenario: {
    version: 1,
    name: 'One server and a growing audience',
    about:
      'A server writes each update to one client after the other, a fifth of a millisecond each. Two hundred come within twenty seconds: whoever was there first hears as soon as ever, whoever came last waits for everybody else to be written to. Watch the server’s CPU and the latency of the crowd grow, ten updates a second all the while. With three times the crowd it never gets done.',
    seed: 1,
    durationMs: 30_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    edge: { tls: 'none' },
    servers: { cpu: { perMessageMs: 0.2 } },
    publishers: [
      {
        name: 'ticker',
        room: 'prices',
        startMs: 2_000,
        arrivals: { kind: 'periodic', everyMs: 100 },
        bytes: 60,
      },
    ],
    clients: [
      { name: 'first', rooms: ['prices'], transport: { kind: 'websocket' } },
      {
        name: 'crowd',
        count: 200,
        startMs: 2_000,
        startSpreadMs: 20_000,
        rooms: ['prices'],
        transport: { kind: 'websocket' },
      },
      { name: 'last', startMs: 23_000, rooms: ['prices'], transport: { kind: 'websocket' } },
    ],
    expect: [
      { metric: 'groups.first.deliveries.latencyMs.p50', max: 32 },
      { metric: 'groups.last.deliveries.latencyMs.p50', min: 65 },
      { metric: 'groups.crowd.deliveries.latencyMs.p99', min: 60 },
      { metric: 'servers.server-1.busyMs', min: 6_000 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
