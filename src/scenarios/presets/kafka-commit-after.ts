import { KAFKA_COMMIT_BEFORE } from './kafka-commit-before.ts';
import type { Preset } from './preset.ts';

export const KAFKA_COMMIT_AFTER: Preset = {
  name: 'kafka-commit-after',
  group: 'kafka',
  scenario: {
    ...KAFKA_COMMIT_BEFORE.scenario,
    name: 'Committed too late: twice',
    about:
      'The same crash as in “Committed too early: a gap”, but offsets are committed when the batch is done: the server begins again before messages that it had passed on already.',
    backplane: { kind: 'kafka', partitions: 1, commit: 'after', autoOffsetReset: 'earliest' },
    expect: [
      { metric: 'totals.deliveries.duplicates', min: 2 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
