import type { Preset } from './preset.ts';

export const POLLING_SCHEDULES: Preset = {
  name: 'polling-schedules',
  group: 'transports',
  scenario: {
    version: 1,
    name: 'Two ways to poll every half second',
    about:
      'On a slow path, a timer that leaves out busy ticks and a pause after each answer are not the same. Watch how often each really asks, and what that does to the delay.',
    seed: 1,
    durationMs: 30_000,
    settleMs: 5_000,
    network: { access: { rttMs: 400 } },
    publishers: [
      { name: 'editor', room: 'doc-123', arrivals: { kind: 'poisson', perSecond: 3 }, text: 'hello ' },
    ],
    clients: [
      { name: 'timer', transport: { kind: 'polling', intervalMs: 500, schedule: 'fixed-rate' } },
      { name: 'pause', transport: { kind: 'polling', intervalMs: 500, schedule: 'after-response' } },
    ],
    expect: [{ metric: 'totals.deliveries.lost', max: 0 }],
  },
};
