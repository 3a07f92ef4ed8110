import type { Preset } from './preset.ts';

export const JETSTREAM_REDELIVERY: Preset = {
  name: 'jetstream-redelivery',
  group: 'nats',
  scenario: {
    version: 1,
    name: 'Too slow to acknowledge: delivered again',
    about:
      'A server works a quarter of a second on each message, and twenty come at once. JetStream waits two seconds for each acknowledgement (ack_wait; 30 by default): what is still in the server’s queue by then is delivered again, behind itself. The work is done twice, readers see it twice, and the queue grows. Fewer messages in hand (maxAckPending), or a server that drops what it has had (dropDuplicates), cures it.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 10_000,
    network: { access: { rttMs: 40 } },
    servers: { count: 1, cpu: { perReceiveMs: 250 } },
    backplane: { kind: 'jetstream', pattern: 'durable', ackWaitMs: 2_000 },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 2_000,
        arrivals: { kind: 'burst', everyMs: 12_000, size: 20 },
      },
    ],
    clients: [{ name: 'reader', transport: { kind: 'websocket' } }],
    expect: [
      { metric: 'backplane.redelivered', min: 10 },
      { metric: 'totals.deliveries.duplicates', min: 10 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
