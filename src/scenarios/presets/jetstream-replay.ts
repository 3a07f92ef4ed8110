import type { Preset } from './preset.ts';

export const JETSTREAM_REPLAY: Preset = {
  name: 'jetstream-replay',
  scenario: {
    version: 1,
    name: 'JetStream replays an absence',
    about:
      'The same restart as in “NATS keeps nothing for whoever is away”, with JetStream: what the source publishes is in the stream, each server’s ordered consumer begins anew behind the last message that it had, and everything comes: seconds late, once, in order.',
    seed: 3,
    durationMs: 14_000,
    settleMs: 15_000,
    network: { access: { rttMs: 40 } },
    servers: { count: 2 },
    backplane: { kind: 'jetstream', msgId: true, publishRetries: null },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 1_000,
        arrivals: { kind: 'periodic', everyMs: 200 },
        text: 'anybody there? ',
      },
    ],
    clients: [{ name: 'reader', count: 2, transport: { kind: 'websocket' }, repair: { detectGaps: true } }],
    faults: [
      { kind: 'broker-crash', target: 'nats', atMs: 5_000, forMs: 100 },
      { kind: 'partition', between: ['server-2', 'nats'], atMs: 4_900, forMs: 4_000 },
    ],
    expect: [
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
      { metric: 'totals.deliveries.outOfOrder', max: 0 },
      { metric: 'groups.reader.deliveries.latencyMs.max', min: 2_000 },
    ],
  },
};
