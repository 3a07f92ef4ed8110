import { KAFKA_REBALANCE_EAGER } from './kafka-rebalance-eager.ts';
import type { Preset } from './preset.ts';

export const KAFKA_REBALANCE_COOPERATIVE: Preset = {
  name: 'kafka-rebalance-cooperative',
  group: 'kafka',
  scenario: {
    ...KAFKA_REBALANCE_EAGER.scenario,
    name: 'A rebalance that stops only what moves',
    about:
      'The same crash as in “A rebalance stops everybody”, with cooperative-sticky assignment: servers 1 and 2 keep their partitions and go on reading while the group is dealt out anew. Only what server 3 had waits; and its client, which went to another server meanwhile, hears nothing there.',
    backplane: {
      kind: 'kafka',
      pattern: 'group',
      assignment: 'cooperative-sticky',
      partitions: 6,
      sessionTimeoutMs: 10_000,
      autoOffsetReset: 'earliest',
    },
    expect: [
      { metric: 'groups.one.deliveries.latencyMs.max', max: 500 },
      { metric: 'groups.two.deliveries.latencyMs.max', max: 500 },
      { metric: 'groups.one.deliveries.lost', max: 0 },
    ],
  },
};
