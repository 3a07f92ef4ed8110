import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '../effort.ts';
import { reasonsOf, recordsOf, run, showsItsLesson, variant } from './worlds.ts';

/** A source, two servers and a client at each. */
const world = ({ backplane = {}, ...over }: { backplane?: object; [part: string]: unknown }) =>
  run({
    version: 1,
    seed: 2,
    durationMs: 12_000,
    settleMs: 20_000,
    servers: { count: 2 },
    publishers: [
      { name: 'editor', room: 'doc', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 100 } },
    ],
    clients: [{ name: 'group', count: 2, rooms: ['doc'], transport: { kind: 'websocket' } }],
    ...over,
    backplane: { kind: 'google-pubsub', ...backplane },
  });

describe.each(['pubsub-late-ack', 'pubsub-lease-extended', 'pubsub-no-order', 'pubsub-ordering-keys'])(
  'the lesson %s',
  (name) => {
    showsItsLesson(name);
  },
);

describe('the ack deadline', () => {
  it('is a minute for the client library where delivery is exactly once: a slow server is no trouble', () => {
    const { totals } = variant('pubsub-late-ack', { enableExactlyOnceDelivery: true }).report();
    expect(totals.deliveries).toMatchObject({ duplicates: 0, lost: 0 });
  });

  it('goes by while a server stands still, and what it had comes again', () => {
    const faults = [{ kind: 'server-pause', target: 'server-2', atMs: 6_000, forMs: 15_000 }];
    const { totals, servers } = world({ faults }).report();
    expect(totals.deliveries.duplicates).toBeGreaterThan(20);
    expect(totals.deliveries.lost).toBe(0);
    expect((servers as Record<string, { repeated: number }>)['server-1']?.repeated ?? 0).toBe(0);
  });
});

describe('giving back', () => {
  const flaky = { nackPct: 30 };

  it('brings a message again at once, or after ten seconds with exponential backoff', () => {
    const slowest = (options: object) =>
      world({ backplane: { ...flaky, ...options }, durationMs: 4_000 }).report().totals.deliveries.latencyMs
        .max as number;
    expect(slowest({})).toBeLessThan(2_000);
    expect(slowest({ retryPolicy: 'exponential' })).toBeGreaterThan(10_000);
  });

  it('too often ends in the dead-letter topic, which the record says', () => {
    const dead = world({ backplane: { nackPct: 70, maxDeliveryAttempts: 5 } });
    const { totals, backplane } = dead.report();
    expect(totals.deliveries.lost).toBeGreaterThan(10);
    expect(backplane.dropped).toBe(totals.deliveries.lost);
    expect([...reasonsOf(dead)]).toEqual(['forwarded to the dead-letter topic after 5 attempts']);
  });

  it('never mixes up the order of a key, however much fails and stops', () => {
    const fault = fc.record({
      kind: fc.constantFrom('broker-pause', 'broker-crash'),
      target: fc.constant('pubsub'),
      atMs: fc.integer({ min: 2_000, max: 8_000 }),
      forMs: fc.integer({ min: 1, max: 2_000 }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.array(fault, { maxLength: 2 }), (nackPct, faults) => {
        const { totals } = world({ backplane: { nackPct, enableMessageOrdering: true }, faults }).report();
        expect(totals.deliveries).toMatchObject({ lost: 0, outOfOrder: 0 });
      }),
      { numRuns: cases(8, 2), seed: 4 },
    );
  });
});

describe('a shared subscription', () => {
  it('hands each message to one server, and says who does not get it', () => {
    const shared = world({ backplane: { subscription: 'shared' } });
    const { totals, backplane } = shared.report();
    expect(backplane.handed).toBe(totals.published);
    expect(totals.deliveries.delivered).toBe(totals.published);
    expect([...reasonsOf(shared)]).toEqual(['another server of the subscription has it']);
  });
});

describe('the storage', () => {
  it('has to have a message in two zones before anybody gets it', () => {
    const down = (targets: string[]) =>
      world({
        faults: targets.map((target) => ({ kind: 'broker-crash', target, atMs: 4_000, forMs: 5_000 })),
      }).report().totals.deliveries;
    expect(down(['zone-a']).latencyMs.max).toBeLessThan(100);
    expect(down(['zone-a']).lost).toBe(0);
    expect(down(['zone-a', 'zone-b']).latencyMs.max).toBeGreaterThan(4_900);
    expect(down(['zone-a', 'zone-b']).lost).toBe(0);
  });

  it('forgets a message when all subscriptions are done with it, in every zone', () => {
    const done = world({});
    const { totals } = done.report();
    const heads = new Map<number, number>();
    for (const { place, offset } of recordsOf(done, 'entry.trimmed'))
      heads.set(Number(place), Number(offset));
    expect([...heads.values()]).toEqual([totals.published, totals.published, totals.published]);
  });

  it('outlives the service: what was acknowledged stays so, with exactly-once delivery for certain', () => {
    const faults = [{ kind: 'broker-crash', target: 'pubsub', atMs: 6_000, forMs: 500 }];
    for (const enableExactlyOnceDelivery of [true, false]) {
      const slow = { cpu: { perReceiveMs: 60 }, count: 2 };
      const again = world({ faults, servers: slow, backplane: { enableExactlyOnceDelivery } });
      expect(again.report().totals.deliveries.lost).toBe(0);
      const offered = new Map<string, number>();
      for (const { message, server, again: twice } of recordsOf(again, 'message.handed'))
        if (twice === 1) offered.set(`${message} ${server}`, 1);
      // The leases of the old process are known to the new one, or not.
      if (enableExactlyOnceDelivery) expect(offered.size).toBe(0);
      else expect(offered.size).toBeGreaterThan(0);
    }
  });

  it('keeps apart what is published twice, even with exactly-once delivery', () => {
    // The zones are still writing when the service dies: nobody tells the publisher that they have it.
    const faults = [{ kind: 'broker-crash', target: 'pubsub', atMs: 6_030, forMs: 200 }];
    const publishers = [
      { name: 'editor', room: 'doc', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 1_000 } },
    ];
    const backplane = { enableExactlyOnceDelivery: true, zoneWriteMs: 50 };
    const twice = world({ faults, publishers, backplane });
    expect(twice.report().totals.deliveries).toMatchObject({ duplicates: 2, lost: 0 });
  });
});

it('has no answer for one client that comes back: what its server has acknowledged is gone', () => {
  const faults = [{ kind: 'client-disconnect', target: 'group', atMs: 5_000, forMs: 3_000 }];
  const clients = [{ name: 'group', rooms: ['doc'], transport: { kind: 'sse', retryMs: 500 } }];
  const lost = (replayFrom: string) => {
    const servers = { count: 1, replayBuffer: { messages: 1 }, replayFrom };
    return world({ faults, clients, servers }).report().totals.deliveries.lost;
  };
  expect(lost('buffer')).toBeGreaterThan(20);
  expect(lost('backplane')).toBe(lost('buffer'));
});
