import type { Preset } from './preset.ts';

export const PUBSUB_NO_ORDER: Preset = {
  name: 'pubsub-no-order',
  group: 'google-pubsub',
  scenario: {
    version: 1,
    name: 'Without ordering keys: what fails comes later',
    about:
      'One copy in twenty fails in the server’s application, which gives it back. Pub/Sub sends it again at once, and by then later messages have passed it: the text at the clients is jumbled.',
    seed: 1,
    durationMs: 16_000,
    settleMs: 4_000,
    servers: { count: 2 },
    backplane: { kind: 'google-pubsub', nackPct: 5 },
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
      { metric: 'totals.deliveries.outOfOrder', min: 5 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
