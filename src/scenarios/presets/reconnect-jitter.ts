import type { Preset } from './preset.ts';

export const RECONNECT_JITTER: Preset = {
  name: 'reconnect-jitter',
  group: 'outages',
  scenario: {
    version: 1,
    name: 'All at once, or a little apart',
    about:
      'Two hundred readers lose their server. Half of them wait the same time, come back in the same moment and queue for its only core; the other half spread themselves over the same wait.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    edge: { tls: '1.3', tlsResumption: false },
    publishers: [{ name: 'ticker', room: 'prices', arrivals: { kind: 'periodic', everyMs: 1_000 } }],
    clients: [
      {
        name: 'in-step',
        count: 100,
        transport: { kind: 'websocket' },
        reconnect: { kind: 'fixed', baseMs: 2_000, jitter: 'none' },
        startSpreadMs: 1_000,
      },
      {
        name: 'apart',
        count: 100,
        transport: { kind: 'websocket' },
        // On average the same two seconds: full jitter takes anything from nothing to twice that.
        reconnect: { kind: 'fixed', baseMs: 4_000, maxMs: 4_000, jitter: 'full' },
        startSpreadMs: 1_000,
      },
    ],
    faults: [{ kind: 'server-crash', atMs: 6_000, forMs: 1_000 }],
    expect: [
      { metric: 'groups.in-step.connections.reconnects', min: 100 },
      { metric: 'groups.apart.connections.reconnects', min: 100 },
      { metric: 'servers.server-1.queuedPeakMs', min: 200 },
    ],
  },
};
