import { NATS_AWAY } from './nats-away.ts';
import type { Preset } from './preset.ts';

export const JETSTREAM_REPLAY: Preset = {
  name: 'jetstream-replay',
  group: 'nats',
  scenario: {
    ...NATS_AWAY.scenario,
    name: 'JetStream replays an absence',
    about:
      'The same restart as in “NATS keeps nothing for whoever is away”, with JetStream: what the source publishes is in the stream, each server’s ordered consumer begins anew behind the last message that it had, and everything comes: seconds late, once, in order.',
    settleMs: 15_000,
    backplane: { kind: 'jetstream', msgId: true, publishRetries: null },
    expect: [
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
      { metric: 'totals.deliveries.outOfOrder', max: 0 },
      { metric: 'groups.reader.deliveries.latencyMs.max', min: 2_000 },
    ],
  },
};
