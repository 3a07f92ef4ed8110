import type { Preset } from './preset.ts';

export const KAFKA_REBALANCE_COOPERATIVE: Preset = {
  name: 'kafka-rebalance-cooperative',
  scenario: {
    version: 1,
    name: 'A rebalance that stops only what moves',
    about:
      'The same crash as in “A rebalance stops everybody”, with cooperative-sticky assignment: servers 1 and 2 keep their partitions and go on reading while the group is dealt out anew. Only what server 3 had waits; and its client, which went to another server meanwhile, hears nothing there.',
    seed: 1,
    durationMs: 25_000,
    settleMs: 5_000,
    servers: { count: 3 },
    backplane: {
      kind: 'kafka',
      pattern: 'group',
      assignment: 'cooperative-sticky',
      partitions: 6,
      sessionTimeoutMs: 10_000,
      autoOffsetReset: 'earliest',
    },
    publishers: [
      { name: 'ann', room: 'doc-123', startMs: 5_000, arrivals: { kind: 'periodic', everyMs: 250 } },
      { name: 'bob', room: 'notes', startMs: 5_000, arrivals: { kind: 'periodic', everyMs: 250 } },
      { name: 'cid', room: 'doc-1', startMs: 5_000, arrivals: { kind: 'periodic', everyMs: 250 } },
    ],
    // Each watches a room whose partition its server has.
    clients: [
      { name: 'one', rooms: ['doc-123'], transport: { kind: 'websocket' } },
      { name: 'two', rooms: ['notes'], transport: { kind: 'websocket' } },
      { name: 'three', rooms: ['doc-1'], transport: { kind: 'websocket' } },
    ],
    faults: [{ kind: 'server-crash', atMs: 8_000, forMs: 2_000, target: 'server-3' }],
    expect: [
      { metric: 'groups.one.deliveries.latencyMs.max', max: 500 },
      { metric: 'groups.two.deliveries.latencyMs.max', max: 500 },
      { metric: 'groups.one.deliveries.lost', max: 0 },
    ],
  },
};
