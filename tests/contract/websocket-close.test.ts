import { expect, it } from 'vitest';
import { recordsOf, run } from './worlds.ts';

/** The link is cut right when the server's Close frame (`cutMs`) or the client's answer to it is on its way. */
const drained = (cutMs: number) =>
  run({
    version: 1,
    seed: 3,
    durationMs: 60_000,
    settleMs: 1_000,
    network: { access: { rttMs: 40 }, dns: { lookupMs: 0 } },
    edge: { tls: 'none' },
    servers: { count: 2 },
    publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'periodic', everyMs: 1_000 } }],
    clients: [
      {
        name: 'reader',
        rooms: ['doc'],
        transport: { kind: 'websocket' },
        reconnect: { kind: 'fixed', baseMs: 500, jitter: 'none' },
      },
    ],
    faults: [
      { kind: 'server-drain', target: 'server-1', atMs: 10_500, forMs: 40_000 },
      { kind: 'link-down', target: 'reader', atMs: cutMs, forMs: 40_000 },
    ],
  });

// websocket_channel.cc: kUnderlyingConnectionCloseTimeoutSeconds 2.
it('a browser that has answered a Close waits two seconds for the end of the connection', () => {
  const attempts = recordsOf(drained(10_530), 'connection.attempted').map(({ atUs }) => Number(atUs) / 1_000);
  // The Close frame came at 10.52 s; the answer is lost; then 2 s and the page's own 0.5 s.
  expect(attempts[1]).toBeGreaterThan(13_000);
  expect(attempts[1]).toBeLessThan(13_100);
});

// ws, lib/websocket.js: closeTimeout 30 s.
it('a server whose Close nobody answers destroys the socket after thirty seconds', () => {
  const world = drained(10_400);
  const ends = recordsOf(world, 'machine.moved').filter(({ event }) =>
    String(event).includes('after.close timeout'),
  );
  expect(ends.map(({ atUs }) => Math.round(Number(atUs) / 10_000) / 100)).toEqual([40.5]);
});
