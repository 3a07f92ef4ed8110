import type { Preset } from './preset.ts';

export const DB_CLOCK_SKEW: Preset = {
  name: 'db-clock-skew',
  group: 'database',
  scenario: {
    version: 1,
    name: 'A clock that is slow, and rows that nobody sees',
    about:
      'Two sources write rows with the time of their own clocks. From the sixth second on Ben’s is two seconds slow: what he writes lies behind the servers’ cursors, which Ann’s rows have moved on, until his clock is set right at fourteen seconds. All of it is in the table.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 5_000,
    servers: { count: 2 },
    backplane: { kind: 'database-polling', intervalMs: 500, cursor: 'timestamp', clock: 'application' },
    publishers: [
      { name: 'ann', room: 'doc-123', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 250 } },
      {
        name: 'ben',
        room: 'doc-123',
        startMs: 1_000,
        arrivals: { kind: 'periodic', everyMs: 500 },
        text: 'does anybody read me? ',
      },
    ],
    clients: [{ name: 'reader', count: 2, rooms: ['doc-123'], transport: { kind: 'websocket' } }],
    faults: [{ kind: 'clock-skew', target: 'ben', atMs: 6_000, forMs: 8_000, byMs: -2_000 }],
    expect: [
      { metric: 'totals.deliveries.lost', min: 28 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
      { metric: 'backplane.dropped', min: 28 },
    ],
  },
};
