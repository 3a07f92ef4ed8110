import type { Preset } from './preset.ts';
import { PUBSUB_NO_ORDER } from './pubsub-no-order.ts';

export const PUBSUB_ORDERING_KEYS: Preset = {
  name: 'pubsub-ordering-keys',
  group: 'google-pubsub',
  scenario: {
    ...PUBSUB_NO_ORDER.scenario,
    name: 'With ordering keys: one fails, and all behind it wait',
    about:
      'The same failures as in “Without ordering keys”, but messages carry their room as ordering key. When one comes again, so does everything behind it: order is kept, at the price of more copies and of updates that wait for the one before them.',
    backplane: { kind: 'google-pubsub', nackPct: 5, enableMessageOrdering: true },
    expect: [
      { metric: 'totals.deliveries.outOfOrder', max: 0 },
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'backplane.redelivered', min: 20 },
    ],
  },
};
