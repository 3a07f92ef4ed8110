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

/** When updates were given up because a server could not be reached, s. */
const unreachable = (forMs: number) => {
  const faults = [{ kind: 'server-crash', target: 'server-2', atMs: 10_100, forMs }];
  return recordsOf(world({ faults }), 'message.dropped')
    .filter(({ reason }) => String(reason).includes('server-2 cannot be reached'))
    .map(({ atUs }) => Math.round(Number(atUs) / 100_000) / 10);
};

// grpc-go, clientconn.go: a connection that ends leaves the channel idle, and the next call connects at once; only a
// failed attempt is followed by a wait, the first by BaseDelay, 1 s without luck (internal/backoff/backoff.go).
it('a server that is back before the next update is missed by none of them', () => {
  expect(unreachable(80)).toEqual([]);
});

it('an attempt that was refused has updates fail for a second, though the server is back before', () => {
  expect(unreachable(500)).toEqual([10.2, 10.4, 10.6, 10.8, 11, 11.2]);
});
