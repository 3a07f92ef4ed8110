import { expect, it } from 'vitest';
import { recordsOf, run } from './worlds.ts';

/** A source that tries nothing twice, whose pool has one connection; and what became of its rows. */
const dropped = (backplane: object, faults: object[] = []) => {
  const world = run({
    version: 1,
    seed: 3,
    durationMs: 20_000,
    settleMs: 30_000,
    backplane: {
      kind: 'database-polling',
      intervalMs: 500,
      inOrder: false,
      retry: false,
      poolMax: 1,
      ...backplane,
    },
    publishers: [
      { name: 'editor', room: 'doc', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 1_000 } },
    ],
    clients: [{ name: 'reader', rooms: ['doc'], transport: { kind: 'websocket' } }],
    faults,
  });
  return recordsOf(world, 'message.dropped').map(({ atUs }) => Math.round(Number(atUs) / 100_000) / 10);
};

// pg, lib/client.js: the timer of connectionTimeoutMillis is stopped by ReadyForQuery, not by TCP.
it('a database that stands still is not waited for at the log-in: its kernel takes connections', () => {
  const faults = [{ kind: 'broker-pause', target: 'database', atMs: 1_500, forMs: 17_000 }];
  // One connection after the other: each statement that waits longest fails with it.
  expect(dropped({ connectTimeoutMs: 4_000 }, faults).slice(0, 3)).toEqual([6, 7, 8]);
  expect(dropped({ connectTimeoutMs: null }, faults)).toEqual([]);
});

// pg-pool, index.js, connect(): "timeout exceeded when trying to connect", also where the pool is full.
it('a statement waits for a connection of a full pool no longer than for a new one', () => {
  const slow = { slowPct: 100, slowMs: 10_000 };
  // The first row has the connection from 2 to 12 s; what comes until 10 s has waited for 2 s before it is free.
  expect(dropped({ ...slow, connectTimeoutMs: 2_000 }).slice(0, 3)).toEqual([5, 6, 7]);
  expect(dropped({ ...slow, connectTimeoutMs: null })).toEqual([]);
});
