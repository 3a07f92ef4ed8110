import type { Preset } from './preset.ts';
import { PUBSUB_LATE_ACK } from './pubsub-late-ack.ts';

export const PUBSUB_LEASE_EXTENDED: Preset = {
  name: 'pubsub-lease-extended',
  group: 'google-pubsub',
  scenario: {
    ...PUBSUB_LATE_ACK.scenario,
    name: 'The deadline is extended: it comes once',
    about:
      'The same hundred messages and the same slow server as in “A late acknowledgement”, but the client library asks for more time for whatever is not done yet, as it does by default. Nothing comes twice, and nothing comes sooner.',
    backplane: { kind: 'google-pubsub' },
    expect: [
      { metric: 'backplane.redelivered', max: 0 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'totals.deliveries.latencyMs.max', min: 12_000 },
    ],
  },
};
