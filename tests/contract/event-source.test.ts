import { expect, it } from 'vitest';
import { recordsOf, run } from './worlds.ts';

/** One stream; its first request goes out at the start of the run. */
const attemptsOf = (fault: object, retryMs: number) => {
  const world = run({
    version: 1,
    seed: 3,
    durationMs: 20_000,
    settleMs: 1_000,
    network: { access: { rttMs: 40 }, dns: { lookupMs: 0 } },
    edge: { tls: 'none' },
    publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'periodic', everyMs: 500 } }],
    clients: [{ name: 'reader', rooms: ['doc'], transport: { kind: 'sse', retryMs } }],
    faults: [fault],
  });
  return recordsOf(world, 'connection.attempted').map(({ atUs }) => Math.round(Number(atUs) / 100_000) / 10);
};

// HTML Standard §9.2.3: a failed attempt and a lost stream are each followed by the reconnection time. What a browser may
// do about a network that is back is to wait for it longer; Chromium's event_source.cc has a timer, and no more.
it('EventSource tries again by its timer alone, whether or not the network is back before', () => {
  const away = { kind: 'client-disconnect', atMs: 10_000, forMs: 500, target: 'reader' };
  expect(attemptsOf(away, 3_000)).toEqual([0, 13]);
  // While there is no network an attempt fails where it stands, and makes no connection.
  expect(attemptsOf({ ...away, forMs: 4_000 }, 3_000)).toEqual([0, 16]);
  expect(attemptsOf({ kind: 'network-switch', atMs: 10_000, target: 'reader' }, 2_000)).toEqual([0, 12]);
});
