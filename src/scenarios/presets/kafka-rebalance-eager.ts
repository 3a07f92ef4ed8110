import type { Preset } from './preset.ts';

export const KAFKA_REBALANCE_EAGER: Preset = {
  name: 'kafka-rebalance-eager',
  group: 'kafka',
  scenario: {
    version: 1,
    name: 'A rebalance stops everybody',
    about:
      'Three servers share six partitions. Server 3 dies and is back after two seconds, as a member that nobody knows: the group has to be dealt out anew, and waits for the dead one until its session is over (ten seconds here, 45 by default). With the eager protocol all have given their partitions back by then.',
    seed: 1,
    durationMs: 25_000,
    settleMs: 5_000,
    servers: { count: 3 },
    backplane: {
      kind: 'kafka',
      pattern: 'group',
      assignment: 'round-robin',
      partitions: 6,
      sessionTimeoutMs: 10_000,
      autoOffsetReset: 'earliest',
    },
    publishers: [
      { name: 'ann', room: 'doc-123', startMs: 7_000, arrivals: { kind: 'periodic', everyMs: 250 } },
      { name: 'bob', room: 'notes', startMs: 7_000, arrivals: { kind: 'periodic', everyMs: 250 } },
      { name: 'cid', room: 'doc-1', startMs: 7_000, arrivals: { kind: 'periodic', everyMs: 250 } },
    ],
    // Each watches a room whose partition its server has.
    clients: [
      { name: 'one', rooms: ['doc-123'], transport: { kind: 'websocket' } },
      { name: 'two', rooms: ['notes'], transport: { kind: 'websocket' } },
      { name: 'three', rooms: ['doc-1'], transport: { kind: 'websocket' } },
    ],
    faults: [{ kind: 'server-crash', atMs: 8_000, forMs: 2_000, target: 'server-3' }],
    expect: [
      { metric: 'groups.one.deliveries.latencyMs.max', min: 3_000 },
      { metric: 'groups.two.deliveries.latencyMs.max', min: 3_000 },
      { metric: 'groups.one.deliveries.lost', max: 0 },
    ],
  },
};
