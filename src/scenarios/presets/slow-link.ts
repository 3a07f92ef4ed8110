import type { Preset } from './preset.ts';

export const SLOW_LINK: Preset = {
  name: 'slow-link',
  group: 'network',
  scenario: {
    version: 1,
    name: 'A narrow link and a queue',
    about:
      'Big messages on 256 kbit/s: each packet waits for those before it. At thirty seconds the link gets narrower still, the queue fills up, and what does not fit is dropped.',
    seed: 1,
    durationMs: 40_000,
    settleMs: 30_000,
    network: { access: { rttMs: 60, rateKbps: 256, queueBytes: 32_000 } },
    publishers: [
      { name: 'camera', room: 'stills', arrivals: { kind: 'poisson', perSecond: 6 }, bytes: 3_500 },
    ],
    clients: [
      { name: 'polling', transport: { kind: 'polling', intervalMs: 500 } },
      { name: 'sse', transport: { kind: 'sse' } },
      { name: 'websocket', transport: { kind: 'websocket' } },
    ],
    faults: [{ kind: 'link-change', atMs: 30_000, forMs: 5_000, set: { rateKbps: 64 } }],
    expect: [{ metric: 'totals.deliveries.lost', max: 0 }],
  },
};
