import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/scenarios/run.ts';
import { recordsOf, run as runScenario } from './worlds.ts';

/** A source, Redis, two servers and a client at each. */
function run(over: object): Run {
  return runScenario({
    version: 1,
    seed: 2,
    durationMs: 20_000,
    servers: { count: 2 },
    backplane: { kind: 'redis-pubsub' },
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
  });
}

describe('Redis Pub/Sub keeps nothing', () => {
  it('a subscriber that is away for three seconds has lost them, and the record says why', () => {
    // Redis restarts while server-2 cannot reach it: the others are back within a tenth of a second.
    const world = run({
      faults: [
        { kind: 'partition', between: ['server-2', 'redis'], atMs: 8_000, forMs: 3_000 },
        { kind: 'broker-crash', target: 'redis', atMs: 8_050, forMs: 100 },
      ],
    });
    const dropped = recordsOf(world, 'message.dropped');
    const missed = dropped.filter(({ reason }) => reason === 'not subscribed at that moment');
    expect(new Set(missed.map(({ server }) => server))).toEqual(new Set([1]));
    const { lost } = world.report().totals.deliveries;
    expect(lost).toBe(new Set(dropped.map(({ message }) => message)).size);
    expect(lost).toBeGreaterThan(25);
    expect(lost).toBeLessThan(50);
  });

  it('a server that crashes misses what is published until it is back; the other does not care', () => {
    const world = run({ faults: [{ kind: 'server-crash', target: 'server-2', atMs: 8_000, forMs: 3_000 }] });
    const handed = recordsOf(world, 'message.handed');
    const at = (server: number) => new Set(handed.filter((r) => r.server === server).map((r) => r.message));
    expect(at(0).size).toBe(180);
    // Its clients took refuge at server-1, or came back to it.
    expect(at(1).size).toBeLessThan(151);
  });

  it('a network that is away for a second loses nothing: TCP sends again', () => {
    const world = run({
      faults: [{ kind: 'partition', between: ['servers', 'redis'], atMs: 8_000, forMs: 1_000 }],
    });
    expect(world.report().totals.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    expect(world.report().totals.deliveries.latencyMs.max).toBeGreaterThan(1_000);
  });

  it('publishes again what was not answered, though Redis had done it: with resend, a duplicate', () => {
    // Answers of Redis to the source are cut off, then its connection dies with Redis: it has published, and does not know.
    const faults = [
      { kind: 'partition', between: ['redis', 'editor'], direction: 'forth', atMs: 8_000, forMs: 2_000 },
      { kind: 'broker-crash', target: 'redis', atMs: 9_000, forMs: 50 },
    ];
    const counts = (resend: boolean) => {
      const world = run({ faults, backplane: { kind: 'redis-pubsub', resend } });
      const handed = recordsOf(world, 'message.handed');
      return { again: handed.filter(({ again }) => again === 1).length, report: world.report() };
    };
    const [with_, without] = [counts(true), counts(false)];
    expect(with_.again).toBeGreaterThan(0);
    expect(with_.report.backplane.redelivered).toBeGreaterThan(0);
    expect(with_.report.totals.deliveries.duplicates).toBeGreaterThan(0);
    expect(without.again).toBe(0);
    expect(without.report.backplane.redelivered).toBe(0);
  });

  it('duplicates are dropped by their id, at the server or at the client, where one asks for it', () => {
    const faults = [
      { kind: 'partition', between: ['redis', 'editor'], direction: 'forth', atMs: 8_000, forMs: 2_000 },
      { kind: 'broker-crash', target: 'redis', atMs: 9_000, forMs: 50 },
    ];
    const atServer = run({ faults, servers: { count: 2, dropDuplicates: true } }).report();
    expect(atServer.totals.deliveries.duplicates).toBe(0);
    expect(atServer.servers['server-1']?.repeated).toBeGreaterThan(0);
    const clients = [
      {
        name: 'group',
        count: 2,
        rooms: ['doc'],
        transport: { kind: 'websocket' },
        repair: { dropDuplicates: true, detectGaps: true },
      },
    ];
    const atClient = run({ faults, clients }).report().totals.deliveries;
    expect(atClient.duplicates).toBe(0);
    expect(atClient.deduplicated).toBeGreaterThan(0);
    // Every message that is missing was noticed by its number, except at the very end.
    expect(atClient.missed - atClient.recovered).toBe(atClient.lost);
  });
});

describe('the client library', () => {
  const far = { network: { datacenter: { rttMs: 20 } } };

  it('says who it is, then asks whether Redis is ready, then works: three round trips with that of TCP', () => {
    const sent = recordsOf(run(far), 'unit.sent').filter(({ down }) => down === 0);
    const first = (what: string) => Number(sent.find((record) => record.what === what)?.atUs) / 20_000;
    const roundTrips = ['redis.setinfo', 'redis.info', 'redis.publish'].map(first);
    expect(roundTrips[0]).toBe(1);
    expect(Math.floor(roundTrips[1] as number)).toBe(2);
    const subscribed = sent.filter(({ what }) => what === 'redis.subscribe');
    expect(subscribed.length).toBeGreaterThan(0);
    for (const { atUs } of subscribed) expect(atUs / 20_000).toBeGreaterThan(3);
  });

  it('gives up with maxRetries 0 what was not answered when the connection broke, and with more sends it again', () => {
    // Redis is back before the first attempt.
    const faults = [{ kind: 'broker-crash', target: 'redis', atMs: 8_005, forMs: 20 }];
    const lost = (maxRetries: number) => {
      const world = run({ ...far, faults, backplane: { kind: 'redis-pubsub', maxRetries } });
      return recordsOf(world, 'message.dropped').filter(({ reason }) => /too long/.test(String(reason)));
    };
    expect(lost(0)).toHaveLength(1);
    expect(lost(20)).toHaveLength(0);
  });
});

describe('subscriptions', () => {
  const idle = {
    clients: [
      { name: 'group', rooms: ['doc'], transport: { kind: 'websocket' } },
      { name: 'other', rooms: ['quiet'], transport: { kind: 'websocket' } },
    ],
  };
  const units = (world: Run) => recordsOf(world, 'unit.sent').map(({ what }) => what);

  it('by room: a server is sent the rooms that its clients watch, and leaves when they have left', () => {
    const world = run({ ...idle, faults: [{ kind: 'client-disconnect', target: 'group', atMs: 5_000 }] });
    expect(units(world).filter((what) => what === 'redis.subscribe')).toHaveLength(2);
    expect(units(world).filter((what) => what === 'redis.unsubscribe')).toHaveLength(1);
    // Ten seconds after the client left, nothing is passed on any more.
    const pushes = recordsOf(world, 'unit.sent').filter(({ what }) => what === 'redis.message');
    expect(Math.max(...pushes.map(({ atUs }) => atUs))).toBeLessThan(15_100_000);
  });

  it('by pattern: every server is sent everything, and hands over what its clients watch', () => {
    const world = run({ ...idle, backplane: { kind: 'redis-pubsub', subscribe: 'pattern' } });
    expect(units(world).filter((what) => what === 'redis.psubscribe')).toHaveLength(2);
    expect(world.report().backplane).toMatchObject({ forwarded: 360, handed: 180 });
  });
});

describe('client-output-buffer-limit', () => {
  it('a server that stands still is cut off when its buffer is full, and has lost what was in it', () => {
    const world = run({
      backplane: { kind: 'redis-pubsub', hardLimitBytes: 1_000_000 },
      publishers: [
        {
          name: 'editor',
          room: 'doc',
          startMs: 4_000,
          arrivals: { kind: 'periodic', everyMs: 10 },
          bytes: 10_000,
        },
      ],
      durationMs: 6_000,
      faults: [{ kind: 'server-pause', target: 'server-1', atMs: 3_500, forMs: 4_000 }],
    });
    const dropped = recordsOf(world, 'message.dropped').filter(
      ({ reason }) => reason === 'output buffer limit',
    );
    expect(new Set(dropped.map(({ server }) => server))).toEqual(new Set([0]));
    const bytes = recordsOf(world, 'buffer.changed').map((record) => Number(record.bytes));
    expect(Math.max(...bytes)).toBeGreaterThanOrEqual(1_000_000);
    expect(Math.max(...bytes)).toBeLessThan(1_020_000);
    // What the kernels had taken is not lost: the server gets it when it goes on.
    expect(dropped.length).toBeGreaterThan(95);
    expect(dropped.length).toBeLessThan(105);
  });
});
