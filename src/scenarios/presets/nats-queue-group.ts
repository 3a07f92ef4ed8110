import type { Preset } from './preset.ts';

export const NATS_QUEUE_GROUP: Preset = {
  name: 'nats-queue-group',
  group: 'nats',
  scenario: {
    version: 1,
    name: 'A queue group gives each message to one server',
    about:
      'Three servers subscribe to the same subject as one queue group: right for work that is to be done once, wrong for a room that is watched at all three. NATS takes one of them at random for each message, and the readers at the other two never see it.',
    seed: 1,
    durationMs: 12_000,
    settleMs: 3_000,
    network: { access: { rttMs: 40 } },
    servers: { count: 3 },
    backplane: { kind: 'nats', queueGroup: true },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 1_000,
        arrivals: { kind: 'periodic', everyMs: 250 },
        text: 'for one of you ',
      },
    ],
    clients: [{ name: 'reader', count: 3, transport: { kind: 'websocket' }, repair: { detectGaps: true } }],
    expect: [
      // One copy of each message is handed over, and two of three readers miss it.
      { metric: 'backplane.handed', min: 44, max: 44 },
      { metric: 'groups.reader.deliveries.lost', min: 88, max: 88 },
      { metric: 'groups.reader.deliveries.missed', min: 70 },
    ],
  },
};
