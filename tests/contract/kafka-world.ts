import { run } from './worlds.ts';

/** A source, three brokers, two servers and a client at each. */
export const world = (over: { backplane?: object; [part: string]: unknown }) =>
  run({
    version: 1,
    seed: 2,
    durationMs: 20_000,
    settleMs: 20_000,
    servers: { count: 2 },
    publishers: [
      {
        name: 'editor',
        room: 'doc',
        startMs: 2_000,
        arrivals: { kind: 'periodic', everyMs: 100 },
        bytes: 100,
      },
    ],
    clients: [{ name: 'group', count: 2, rooms: ['doc'], transport: { kind: 'websocket' } }],
    ...over,
    backplane: { kind: 'kafka', partitions: 1, ...over.backplane },
  });
