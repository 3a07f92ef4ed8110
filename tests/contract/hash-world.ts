import { run } from './worlds.ts';

/** A source, three servers, and clients on a ring; leases are short. */
export const world = (over: { backplane?: object; [part: string]: unknown }) =>
  run({
    version: 1,
    seed: 3,
    durationMs: 20_000,
    settleMs: 5_000,
    network: { access: { rttMs: 40 } },
    servers: { count: 3 },
    publishers: [
      { name: 'editor', room: 'doc', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 200 } },
    ],
    clients: [
      {
        name: 'user',
        count: 12,
        rooms: ['doc'],
        transport: { kind: 'websocket' },
        reconnect: { kind: 'fixed', baseMs: 500, jitter: 'none' },
      },
    ],
    ...over,
    backplane: { kind: 'hash-ring', leaseTtlMs: 3_000, ...over.backplane },
  });
