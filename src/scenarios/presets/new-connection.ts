import type { Preset } from './preset.ts';

export const NEW_CONNECTION: Preset = {
  name: 'new-connection',
  group: 'start',
  scenario: {
    version: 1,
    name: 'The price of a new connection',
    about:
      'Two readers poll every second; one keeps its connection, the other makes a new one each time. Compare packets and round trips, then change TLS to 1.3, or let sessions be resumed.',
    seed: 1,
    durationMs: 30_000,
    settleMs: 5_000,
    network: { access: { rttMs: 100 } },
    edge: { tls: '1.2', tlsResumption: false },
    publishers: [
      { name: 'editor', room: 'doc-123', arrivals: { kind: 'poisson', perSecond: 2 }, text: 'hello ' },
    ],
    clients: [
      { name: 'kept', transport: { kind: 'polling', keepAlive: true } },
      { name: 'new-each-time', transport: { kind: 'polling', keepAlive: false } },
    ],
    expect: [
      { metric: 'groups.kept.connections.attempts', max: 1 },
      { metric: 'groups.new-each-time.connections.attempts', min: 30 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
