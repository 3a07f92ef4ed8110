import { KAFKA_ACKS_1 } from './kafka-acks-1.ts';
import type { Preset } from './preset.ts';

export const KAFKA_ACKS_ALL: Preset = {
  name: 'kafka-acks-all',
  group: 'kafka',
  scenario: {
    ...KAFKA_ACKS_1.scenario,
    name: 'Not confirmed, and kept',
    about:
      'The same crash as in “Confirmed, and lost”, with acks=all: the leader confirms nothing that its followers do not have, so the source tries again until there is a new leader. Late, but all there, once.',
    backplane: { kind: 'kafka', partitions: 1, acks: 'all' },
    expect: [
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
      { metric: 'backplane.redelivered', min: 5 },
      { metric: 'groups.reader.deliveries.latencyMs.max', min: 5_000 },
    ],
  },
};
