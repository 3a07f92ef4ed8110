import type { Preset } from './preset.ts';

export const RECONNECT_JITTER: Preset = {
  name: 'reconnect-jitter',
  scenario: {
    version: 1,
    name: 'All at once, or a little apart',
    about:
      'A hundred readers lose their server. Without luck in their waits they come back in the same moment and queue for its only core; spread out, hardly anyone waits.',
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
    ],
    faults: [{ kind: 'server-crash', atMs: 6_000, forMs: 1_000 }],
    expect: [
      { metric: 'groups.in-step.connections.reconnects', min: 100 },
      { metric: 'servers.server-1.queuedPeakMs', min: 200 },
    ],
  },
};
