import type { Preset } from './preset.ts';

export const JETSTREAM_MSG_ID: Preset = {
  name: 'jetstream-msg-id',
  scenario: {
    version: 1,
    name: 'Published again, and known by its id',
    about:
      'The same lost acknowledgement as in “Published again, and there twice”, but the source gives each message an id (Nats-Msg-Id). The stream has had that one within its window of two minutes: it answers that this is a duplicate, and keeps one.',
    seed: 1,
    durationMs: 16_000,
    settleMs: 8_000,
    network: { access: { rttMs: 40 } },
    servers: { count: 2 },
    backplane: { kind: 'jetstream', publishRetries: null, msgId: true },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 1_000,
        arrivals: { kind: 'periodic', everyMs: 500 },
        text: 'did you get that? ',
      },
    ],
    clients: [{ name: 'reader', count: 2, transport: { kind: 'websocket' } }],
    faults: [
      { kind: 'partition', between: ['nats', 'editor'], direction: 'forth', atMs: 4_000, forMs: 6_000 },
    ],
    expect: [
      { metric: 'backplane.redelivered', min: 1 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
