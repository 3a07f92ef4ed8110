import { describe, expect, it } from 'vitest';
import { world } from './kafka-world.ts';
import { reasonsOf, recordsOf, showsItsLesson, variant } from './worlds.ts';

describe.each([
  'kafka-order',
  'kafka-rebalance-eager',
  'kafka-rebalance-cooperative',
  'kafka-acks-1',
  'kafka-acks-all',
  'kafka-commit-before',
  'kafka-commit-after',
])('the lesson %s', (name) => {
  showsItsLesson(name);
});

describe('order', () => {
  it('is kept within a partition through the pause that mixes up what is spread over three', () => {
    expect(variant('kafka-order', { partitioner: 'key' }).report().totals.deliveries).toMatchObject({
      outOfOrder: 0,
      lost: 0,
    });
  });
});

describe('acks', () => {
  it('says of each message that acks=1 lost where it was cut off, and that a follower leads now', () => {
    const lost = variant('kafka-acks-1');
    const dropped = recordsOf(lost, 'message.dropped');
    expect(new Set(dropped.map(({ place }) => lost.trace.header?.places[Number(place)]?.name))).toEqual(
      new Set(['kafka-1']),
    );
    expect([...reasonsOf(lost)]).toEqual(['cut off the log: the new leader never had it']);
    const elected = recordsOf(lost, 'owner.changed').filter(
      ({ atUs, owner }) => atUs > 0 && Number(owner) >= 0,
    );
    expect(elected).toHaveLength(1);
    // The broker died at 6 s; its session is nine seconds from its last heartbeat on.
    expect(elected[0]?.atUs).toBeGreaterThan(13_000_000);
    expect(elected[0]?.atUs).toBeLessThan(15_100_000);
  });

  it.each([
    ['1', 'a broker that died', [{ kind: 'broker-crash', target: 'kafka-1', atMs: 6_000, forMs: 15_000 }]],
    ['1', 'a broker that restarts', [{ kind: 'broker-crash', target: 'kafka-1', atMs: 6_000, forMs: 500 }]],
    ['0', 'a broker that died', [{ kind: 'broker-crash', target: 'kafka-1', atMs: 6_000, forMs: 15_000 }]],
  ])(
    '%s: what is written while there is no connection to %s gathers in its batch, and goes once, in order',
    (acks, _, faults) => {
      const { totals, backplane } = world({ faults, backplane: { acks } }).report();
      expect(totals.deliveries.outOfOrder).toBe(0);
      expect(totals.deliveries.lost).toBeLessThanOrEqual(2 * 2); // in flight when it died
      // What has never been sent is not sent again.
      expect(backplane.redelivered).toBeLessThanOrEqual(2);
      expect(totals.deliveries.latencyMs.max).toBeGreaterThan(500);
    },
  );

  it('all writes nothing while too few replicas are in sync, and goes on when they are', () => {
    const faults = [
      { kind: 'broker-crash', target: 'kafka-2', atMs: 4_000, forMs: 10_000 },
      { kind: 'broker-crash', target: 'kafka-3', atMs: 4_000, forMs: 10_000 },
    ];
    const strict = world({ faults, settleMs: 40_000 });
    const { totals } = strict.report();
    expect(totals.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    expect(totals.deliveries.latencyMs.max).toBeGreaterThan(5_000);
  });

  it('1 is read only while enough replicas are in sync: what one alone wrote waits for the second', () => {
    const faults = ['kafka-2', 'kafka-3'].map((target) => ({
      kind: 'broker-crash',
      target,
      atMs: 4_000,
      forMs: 20_000,
    }));
    const alone = (minInsyncReplicas: number) =>
      world({ faults, settleMs: 40_000, backplane: { acks: '1', minInsyncReplicas } }).report().totals;
    // The dead are fenced nine seconds after their last heartbeat, and back after twenty.
    const { lost, latencyMs } = alone(2).deliveries;
    expect(lost).toBe(0);
    expect(latencyMs.max).toBeGreaterThan(20_000);
    expect(alone(1).deliveries.latencyMs.max).toBeLessThan(9_100);
  });

  it('all asks for no more replicas than there are', () => {
    const { published, deliveries } = world({ backplane: { brokers: 1 } }).report().totals;
    expect(published).toBeGreaterThan(0);
    expect(deliveries).toMatchObject({ delivered: 2 * published, lost: 0 });
  });

  it('all goes on as soon as the controller is back that was away when a follower had to leave', () => {
    const faults = [
      { kind: 'partition', between: ['kafka-1', 'kafka-3'], atMs: 1_000, forMs: 60_000 },
      // The leader looks every 15 s: at 45 s its follower has lagged for longer than 30 s.
      { kind: 'broker-crash', target: 'controller', atMs: 44_000, forMs: 3_000 },
    ];
    const away = world({ faults, durationMs: 50_000 });
    const out = recordsOf(away, 'member.changed').find(({ state }) => state === 'out of sync');
    expect(out?.atUs).toBeGreaterThan(47_000_000);
    expect(out?.atUs).toBeLessThan(48_500_000);
  });

  it('0 loses what was on its way to a broker that died, without a word', () => {
    const faults = [{ kind: 'broker-crash', target: 'kafka-1', atMs: 6_002, forMs: 2_000 }];
    const blind = world({
      faults,
      backplane: { acks: '0', lingerMs: 0 },
      network: { datacenter: { rttMs: 20 } },
    });
    expect(blind.report().totals.deliveries.lost).toBeGreaterThan(0);
    expect([...reasonsOf(blind)]).toContain('the connection broke, and nobody sends it again');
  });
});

describe('an unclean election', () => {
  it('sends a consumer that slept through it back to where the logs part, and it reads what is written there', () => {
    const faults = [
      // The leader is alone from 4 s on, writes on, and dies at 10 s: the new one has nothing of that.
      ...['kafka-2', 'kafka-3'].map((other) => ({
        kind: 'partition',
        between: ['kafka-1', other],
        atMs: 4_000,
        forMs: 6_000,
      })),
      { kind: 'broker-crash', target: 'kafka-1', atMs: 10_000, forMs: 20_000 },
      { kind: 'server-pause', target: 'server-1', atMs: 16_500, forMs: 3_000 },
    ];
    const unclean = world({
      faults,
      settleMs: 40_000,
      backplane: {
        acks: '1',
        minInsyncReplicas: 1,
        uncleanLeaderElection: true,
        replicaLagTimeMaxMs: 2_000,
      },
    });
    // By the time that it wakes the new log is longer than the old one was: its offset is there, and means another record.
    expect(unclean.report().totals.deliveries).toMatchObject({ lost: 0, duplicates: 0 });
  });
});

describe('an election after everything that was read has been given up', () => {
  it('leaves consumers where they are: what is written next they read, and begin nowhere else', () => {
    const timesMs = Array.from({ length: 100 }, (_, i) => (i < 20 ? i * 50 : 12_000 + i * 50));
    const quiet = world({
      publishers: [{ name: 'editor', room: 'doc', startMs: 2_000, arrivals: { kind: 'at', timesMs } }],
      // One server sleeps through the election, and what is written after it.
      faults: [
        { kind: 'broker-crash', target: 'kafka-1', atMs: 13_900, forMs: 20_000 },
        { kind: 'server-pause', target: 'server-1', atMs: 20_000, forMs: 6_000 },
      ],
      backplane: {
        acks: '1',
        autoOffsetReset: 'latest',
        retentionMs: 5_000,
        retentionCheckIntervalMs: 500,
        logInitialTaskDelayMs: 0,
      },
    });
    expect(recordsOf(quiet, 'entry.trimmed').some(({ atUs }) => Number(atUs) < 13_900_000)).toBe(true);
    expect(quiet.report().totals.deliveries).toMatchObject({ expected: 200, lost: 0 });
  });
});

describe('an idempotent producer', () => {
  // The answer is lost, not the request: the producer sends again what is written already.
  const faults = [
    { kind: 'partition', between: ['editor', 'kafka-1'], direction: 'back', atMs: 6_010, forMs: 3_000 },
  ];

  it.each([
    [true, 0],
    [false, 1],
  ])('%s: what is sent again is written again at least %i times', (enableIdempotence, least) => {
    const again = world({ faults, backplane: { enableIdempotence, requestTimeoutMs: 1_000 } });
    const { backplane, totals } = again.report();
    expect(backplane.redelivered).toBeGreaterThan(0);
    expect(totals.deliveries.lost).toBe(0);
    if (least === 0) expect(totals.deliveries.duplicates).toBe(0);
    else expect(totals.deliveries.duplicates).toBeGreaterThanOrEqual(least);
  });
});

describe('the log', () => {
  it('cuts its head off by retention, and a reader that comes too late has a gap', () => {
    const faults = [{ kind: 'partition', between: ['server-2', 'backplane'], atMs: 5_000, forMs: 8_000 }];
    const options = {
      retentionMs: 1_000,
      retentionCheckIntervalMs: 500,
      logInitialTaskDelayMs: 0,
      segmentBytes: 1_000,
    };
    const short = world({ faults, backplane: options });
    expect(recordsOf(short, 'entry.trimmed').length).toBeGreaterThan(0);
    expect(short.report().totals.deliveries.lost).toBeGreaterThan(10);
    expect([...reasonsOf(short)]).toEqual(['the consumer had no offset to go on from, and began behind it']);
  });

  it('is not looked at for 30 s after the start of a broker, however often after that', () => {
    const options = { retentionMs: 1_000, retentionCheckIntervalMs: 500, segmentBytes: 1_000 };
    const trimmed = recordsOf(world({ backplane: options }), 'entry.trimmed');
    expect(trimmed[0]?.atUs).toBe(30_000_000);
  });

  it('is the same on all replicas in the end', () => {
    const faults = [
      { kind: 'partition', between: ['kafka-1', 'kafka-2'], atMs: 4_000, forMs: 4_000 },
      { kind: 'broker-crash', target: 'kafka-1', atMs: 6_000, forMs: 5_000 },
    ];
    const mended = world({ faults, settleMs: 40_000 });
    const logs = new Map<number, number[]>();
    for (const { place, offset, message } of recordsOf(mended, 'entry.appended')) {
      const log = logs.get(Number(place)) ?? [];
      // What is written at an offset anew stands for what was cut off there.
      log[Number(offset)] = Number(message);
      logs.set(Number(place), log);
    }
    const [first, ...others] = [...logs.values()];
    expect(others).toHaveLength(2);
    for (const other of others) expect(other).toEqual(first);
  });
});
