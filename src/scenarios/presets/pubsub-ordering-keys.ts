import type { Preset } from './preset.ts';

export const PUBSUB_ORDERING_KEYS: Preset = {
  name: 'pubsub-ordering-keys',
  scenario: {
    version: 1,
    name: 'With ordering keys: one fails, and all behind it wait',
    about:
      'The same failures as in “Without ordering keys”, but messages carry their room as ordering key. When one comes again, so does everything behind it: order is kept, at the price of more copies and of updates that wait for the one before them.',
    seed: 1,
    durationMs: 16_000,
    settleMs: 4_000,
    servers: { count: 2 },
    backplane: { kind: 'google-pubsub', nackPct: 5, enableMessageOrdering: true },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 1_000,
        arrivals: { kind: 'periodic', everyMs: 80 },
        text: 'one after the other ',
      },
    ],
    clients: [{ name: 'reader', count: 2, rooms: ['doc-123'], transport: { kind: 'websocket' } }],
    expect: [
      { metric: 'totals.deliveries.outOfOrder', max: 0 },
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'backplane.redelivered', min: 20 },
    ],
  },
};
