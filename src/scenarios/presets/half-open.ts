import type { Preset } from './preset.ts';

export const HALF_OPEN: Preset = {
  name: 'half-open',
  scenario: {
    version: 1,
    name: 'A connection that only looks open',
    about:
      'At ten seconds the readers change to another network, and their old connections are dead without a word. Who only listens never finds out; a heartbeat does, within eight seconds.',
    seed: 1,
    durationMs: 40_000,
    settleMs: 10_000,
    network: { access: { rttMs: 100 } },
    publishers: [
      { name: 'editor', room: 'doc-123', arrivals: { kind: 'poisson', perSecond: 2 }, text: 'hello ' },
    ],
    clients: [
      { name: 'listening', transport: { kind: 'websocket', resume: true } },
      {
        name: 'heartbeat',
        transport: { kind: 'websocket', resume: true, pingIntervalMs: 5_000, pongTimeoutMs: 3_000 },
      },
    ],
    faults: [{ kind: 'network-switch', atMs: 10_000 }],
    expect: [
      { metric: 'groups.listening.deliveries.lost', min: 20 },
      { metric: 'groups.heartbeat.deliveries.lost', max: 0 },
    ],
  },
};
