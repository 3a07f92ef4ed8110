import type { Preset } from './preset.ts';
import { PULSAR_SHARED } from './pulsar-shared.ts';

export const PULSAR_KEY_SHARED: Preset = {
  name: 'pulsar-key-shared',
  group: 'pulsar',
  scenario: {
    ...PULSAR_SHARED.scenario,
    name: 'Key-shared: each room has one server at a time',
    about:
      'The same servers, the same fault as in “A shared subscription”, but all messages of a room go to one server. What the dead one had of its room comes to the other before anything newer: order is kept.',
    backplane: { kind: 'pulsar', partitions: 1, subscriptionType: 'key-shared' },
    expect: [{ metric: 'totals.deliveries.outOfOrder', max: 0 }],
  },
};
