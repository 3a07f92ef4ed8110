import type { Preset } from './preset.ts';

export const REJOINED_SERVER: Preset = {
  name: 'rejoined-server',
  group: 'load-balancer',
  scenario: {
    version: 1,
    name: 'The server that came back stays empty',
    about:
      'Three servers behind a load balancer that deals in turn. One dies; its readers end at the two others, and stay there when it is back, as their connections last. Even of those who come later it gets only its turn. With least-connections it gets all of them.',
    seed: 1,
    durationMs: 60_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    edge: {
      loadBalancer: {
        kind: 'layer-4',
        algorithm: 'round-robin',
        healthCheck: { protocol: 'tcp', intervalMs: 2_000, timeoutMs: 1_000, healthyThreshold: 2 },
      },
    },
    servers: { count: 3 },
    backplane: { kind: 'redis-pubsub' },
    publishers: [{ name: 'ticker', room: 'prices', arrivals: { kind: 'periodic', everyMs: 2_000 } }],
    clients: [
      { name: 'early', count: 12, transport: { kind: 'websocket' }, startSpreadMs: 1_000 },
      { name: 'late', count: 6, transport: { kind: 'websocket' }, startMs: 40_000, startSpreadMs: 3_000 },
    ],
    faults: [{ kind: 'server-crash', atMs: 10_000, forMs: 12_000, target: 'server-2' }],
    expect: [
      { metric: 'loadBalancer.becameUnhealthy', min: 1, max: 1 },
      { metric: 'loadBalancer.becameHealthy', min: 1, max: 1 },
      { metric: 'servers.server-2.connectionsOpen', min: 2, max: 2 },
      { metric: 'servers.server-1.connectionsOpen', min: 7 },
      { metric: 'servers.server-3.connectionsOpen', min: 7 },
    ],
  },
};
