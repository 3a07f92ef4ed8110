import type { Preset } from './preset.ts';

export const HALF_OPEN: Preset = {
  name: 'half-open',
  group: 'outages',
  scenario: {
    version: 1,
    name: 'A connection that only looks open',
    about:
      'At ten seconds the path goes dead without a word, and stays so. Who only listens believes to the end that all is well; who sends a heartbeat knows within eight seconds, and can say so on the screen.',
    seed: 1,
    durationMs: 40_000,
    settleMs: 10_000,
    network: { access: { rttMs: 100 } },
    publishers: [
      { name: 'editor', room: 'doc-123', arrivals: { kind: 'poisson', perSecond: 2 }, text: 'hello ' },
    ],
    clients: [
      { name: 'listening', transport: { kind: 'websocket' } },
      { name: 'heartbeat', transport: { kind: 'websocket', pingIntervalMs: 5_000, pongTimeoutMs: 3_000 } },
    ],
    faults: [{ kind: 'link-down', atMs: 10_000 }],
    expect: [
      { metric: 'groups.listening.connections.attempts', max: 1 },
      { metric: 'groups.listening.connections.closed', max: 0 },
      { metric: 'groups.heartbeat.connections.attempts', min: 2 },
    ],
  },
};
