import type { Preset } from './preset.ts';

export const LONG_POLLING_GAP: Preset = {
  name: 'long-polling-gap',
  group: 'transports',
  scenario: {
    version: 1,
    name: 'The gap between two long polls',
    about:
      'After each answer it takes a round trip until the next request waits at the server. What is published meanwhile waits, and comes in one batch; an open stream has no such gap.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 5_000,
    network: { access: { rttMs: 200 } },
    publishers: [
      { name: 'editor', room: 'doc-123', arrivals: { kind: 'poisson', perSecond: 6 }, text: 'hello ' },
    ],
    clients: [
      { name: 'long-polling', transport: { kind: 'long-polling' } },
      { name: 'sse', transport: { kind: 'sse' } },
    ],
    expect: [
      { metric: 'groups.sse.deliveries.latencyMs.max', max: 110 },
      { metric: 'groups.long-polling.deliveries.latencyMs.p90', min: 150 },
    ],
  },
};
