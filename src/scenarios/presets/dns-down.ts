import type { Preset } from './preset.ts';

export const DNS_DOWN: Preset = {
  name: 'dns-down',
  group: 'outages',
  scenario: {
    version: 1,
    name: 'The name that nobody could look up',
    about:
      'Connections do not need names, but reconnections do: the resolver is down when the server restarts, and an answer kept longer than the outage makes all the difference.',
    seed: 1,
    durationMs: 50_000,
    settleMs: 15_000,
    network: { access: { rttMs: 100 }, dns: { lookupMs: 20, ttlMs: 5_000 } },
    publishers: [
      { name: 'editor', room: 'doc-123', arrivals: { kind: 'poisson', perSecond: 2 }, text: 'hello ' },
    ],
    clients: [
      { name: 'polling', transport: { kind: 'polling' } },
      { name: 'sse', transport: { kind: 'sse' } },
      { name: 'websocket', transport: { kind: 'websocket', resume: true } },
    ],
    faults: [
      { kind: 'dns-down', atMs: 9_000, forMs: 15_000 },
      { kind: 'server-crash', atMs: 10_000, forMs: 500 },
    ],
    expect: [{ metric: 'groups.websocket.deliveries.latencyMs.max', min: 10_000 }],
  },
};
