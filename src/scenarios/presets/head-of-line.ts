import type { Preset } from './preset.ts';

export const HEAD_OF_LINE: Preset = {
  name: 'head-of-line',
  group: 'network',
  scenario: {
    version: 1,
    name: 'One lost segment, many late messages',
    about:
      'Twenty messages a second and five lost packets in a hundred. TCP hands bytes over in order, so what arrived behind a hole is held until the hole is mended.',
    seed: 1,
    durationMs: 30_000,
    settleMs: 10_000,
    network: { access: { rttMs: 100, lossPct: 5 } },
    publishers: [
      { name: 'sensor', room: 'readings', arrivals: { kind: 'periodic', everyMs: 50 }, bytes: 100 },
    ],
    clients: [
      { name: 'sse', transport: { kind: 'sse' } },
      { name: 'websocket', transport: { kind: 'websocket' } },
    ],
    expect: [
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'groups.websocket.deliveries.latencyMs.p50', max: 60 },
      { metric: 'groups.websocket.deliveries.latencyMs.p95', min: 100 },
    ],
  },
};
