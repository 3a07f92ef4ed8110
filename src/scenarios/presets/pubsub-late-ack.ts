import type { Preset } from './preset.ts';

export const PUBSUB_LATE_ACK: Preset = {
  name: 'pubsub-late-ack',
  group: 'google-pubsub',
  scenario: {
    version: 1,
    name: 'A late acknowledgement: it comes again',
    about:
      'A hundred messages come at once, and the server needs an eighth of a second for each. Ten seconds later Pub/Sub has heard nothing of the last of them and sends them again: the acknowledgements come too late, and clients get those messages twice. Nobody extends the deadlines here; the client library would.',
    seed: 1,
    durationMs: 16_000,
    settleMs: 8_000,
    servers: { count: 1, cpu: { perReceiveMs: 125 } },
    backplane: { kind: 'google-pubsub', maxExtensionMs: 0 },
    publishers: [
      {
        name: 'importer',
        room: 'doc-123',
        startMs: 1_000,
        arrivals: { kind: 'burst', everyMs: 20_000, size: 100 },
      },
    ],
    clients: [{ name: 'reader', rooms: ['doc-123'], transport: { kind: 'websocket' } }],
    expect: [
      { metric: 'backplane.redelivered', min: 15 },
      { metric: 'totals.deliveries.duplicates', min: 15 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
