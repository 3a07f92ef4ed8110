import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cases } from '../effort.ts';
import { world } from './hash-world.ts';
import { recordsOf } from './worlds.ts';

it('comes to rest whatever happens to the fleet: at most once meanwhile, and everything afterwards', () => {
  const atMs = fc.integer({ min: 0, max: 10_000 });
  const forMs = fc.integer({ min: 1, max: 5_000 });
  const server = fc.constantFrom('server-1', 'server-2', 'server-3');
  const end = fc.constantFrom('server-1', 'server-2', 'server-3', 'editor', 'router');
  const fault = fc.oneof(
    fc.record({
      kind: fc.constantFrom('server-crash', 'server-pause', 'server-drain'),
      atMs,
      forMs,
      target: server,
    }),
    fc.record({ kind: fc.constant('server-join'), atMs, target: server }),
    fc.record({
      kind: fc.constantFrom('broker-crash', 'broker-pause'),
      atMs,
      forMs,
      target: fc.constantFrom('etcd', 'router'),
    }),
    fc.record({
      kind: fc.constant('partition'),
      atMs,
      forMs,
      between: fc.tuple(end, fc.constant('etcd')),
      direction: fc.constantFrom('both', 'forth', 'back'),
    }),
    fc.record({
      kind: fc.constant('partition'),
      atMs,
      forMs,
      between: fc.constant(['server-1', 'server-2']),
    }),
  );
  const options = fc.record({
    misrouted: fc.constantFrom('forward', 'redirect'),
    stepDown: fc.boolean(),
    moveSpreadMs: fc.constantFrom(0, 1_000),
    overlapMs: fc.constantFrom(0, 2_000),
  });
  fc.assert(
    fc.property(
      fc.array(fault, { minLength: 1, maxLength: 5 }),
      options,
      fc.nat(1000),
      (faults, backplane, seed) => {
        const shaken = world({ faults, backplane, seed, durationMs: 60_000 });
        const handed = new Map<string, number>();
        for (const { message, server: at } of recordsOf(shaken, 'message.handed'))
          handed.set(`${message} ${at}`, (handed.get(`${message} ${at}`) ?? 0) + 1);
        for (const [what, times] of handed) expect(times, what).toBe(1);
        const late = new Set(
          recordsOf(shaken, 'message.published').flatMap(({ message, atUs }) =>
            atUs > 45_000_000 ? [Number(message)] : [],
          ),
        );
        const got = recordsOf(shaken, 'message.delivered').filter(({ message }) => late.has(Number(message)));
        expect(got.length).toBe(late.size * 12);
      },
    ),
    { numRuns: cases(20, 2), seed: 4 },
  );
}, 180_000);
