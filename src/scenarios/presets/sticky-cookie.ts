import type { Preset } from './preset.ts';

export const STICKY_COOKIE: Preset = {
  name: 'sticky-cookie',
  group: 'load-balancer',
  scenario: {
    version: 1,
    name: 'The cookie leads to a dead server',
    about:
      'A cookie keeps each client on the server that it had first. When server-2 dies its clients are sent there all the same, and get nothing but 502, until three health checks in a row have failed. Then they are given another server and another cookie.',
    seed: 1,
    durationMs: 30_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    edge: { loadBalancer: { kind: 'layer-7', stickiness: 'cookie' } },
    servers: { count: 3 },
    backplane: { kind: 'redis-pubsub' },
    publishers: [{ name: 'editor', room: 'doc-123', arrivals: { kind: 'periodic', everyMs: 1_000 } }],
    clients: [
      {
        name: 'polling',
        count: 6,
        transport: { kind: 'polling', intervalMs: 1_000 },
        startSpreadMs: 1_000,
      },
    ],
    faults: [{ kind: 'server-crash', atMs: 10_000, target: 'server-2' }],
    expect: [
      { metric: 'loadBalancer.becameUnhealthy', min: 1, max: 1 },
      // Two clients, four or five polls each until it is noticed.
      { metric: 'loadBalancer.badGateway', min: 8, max: 10 },
      { metric: 'loadBalancer.unavailable', max: 0 },
    ],
  },
};
