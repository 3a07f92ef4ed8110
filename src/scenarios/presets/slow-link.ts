import type { Preset } from './preset.ts';

export const SLOW_LINK: Preset = {
  name: 'slow-link',
  group: 'network',
  scenario: {
    version: 1,
    name: 'A narrow link and a queue',
    about:
      'Big messages on 256 kbit/s: each packet waits for those before it. At thirty seconds the link gets narrower still, the queue fills up, and what does not fit is dropped. A poll’s answer that brings many of them has its first byte long before its last: look at Connections.',
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
    expect: [
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'groups.polling.http.responses.firstByteMs.max', max: 2_500 },
      { metric: 'groups.polling.http.responses.lastByteMs.max', min: 4_500 },
    ],
  },
};
