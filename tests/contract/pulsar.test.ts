import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/scenarios/run.ts';
import { cases } from '../effort.ts';
import { presetScenario, reasonsOf, recordsOf, run, showsItsLesson } from './worlds.ts';

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
    backplane: { kind: 'pulsar', partitions: 1, ...backplane },
  });

const nameOf = ({ trace }: Run, place: unknown) => trace.header?.places[Number(place)]?.name;
const deliveriesOf = (of: Run) => of.report().totals.deliveries;

describe.each(['pulsar-broker-fails', 'pulsar-shared', 'pulsar-key-shared'])('the lesson %s', (name) => {
  showsItsLesson(name);
});

describe('a broker that fails', () => {
  const moved = run(presetScenario('pulsar-broker-fails'));

  it('loses its topic when its session is over, to the other broker', () => {
    const owners = recordsOf(moved, 'owner.changed').filter(({ part, atUs }) => part === 0 && atUs > 0);
    expect(owners.map(({ owner }) => (Number(owner) < 0 ? 'nobody' : nameOf(moved, owner)))).toEqual([
      'nobody',
      'broker-2',
    ]);
    // It died at 8.95 s; its last ping was up to a third of the session earlier.
    expect(owners[0]?.atUs).toBeGreaterThan(12_200_000);
    expect(owners[0]?.atUs).toBeLessThan(14_000_000);
  });

  it('leaves its entries where they are: no bookie is sent one that another has', () => {
    const copies = new Map<string, number>();
    for (const { partition, offset } of recordsOf(moved, 'entry.appended')) {
      const key = `${partition} ${offset}`;
      copies.set(key, (copies.get(key) ?? 0) + 1);
    }
    expect(new Set(copies.values())).toEqual(new Set([2]));
  });

  it('brings back what was acknowledged since cursors were written down, and less if that is done more often', () => {
    const scenario = presetScenario('pulsar-broker-fails');
    const duplicates = (cursorWriteIntervalMs: number) =>
      deliveriesOf(run({ ...scenario, backplane: { ...scenario.backplane, cursorWriteIntervalMs } }))
        .duplicates;
    expect(duplicates(1_000)).toBeGreaterThan(duplicates(0));
  });

  it('that only stood still finds its ledger fenced, and confirms nothing more', () => {
    const faults = [{ kind: 'broker-pause', target: 'broker-1', atMs: 6_000, forMs: 6_000 }];
    const backplane = { metadataSessionTimeoutMs: 3_000, sendTimeoutMs: null };
    const fenced = world({ faults, backplane });
    expect(deliveriesOf(fenced).lost).toBe(0);
    expect(deliveriesOf(fenced).outOfOrder).toBe(0);
    const owners = recordsOf(fenced, 'owner.changed').map(({ owner }) => Number(owner));
    expect(new Set(owners).has(-1)).toBe(true);
  });
});

describe('the bookies', () => {
  const down = (names: string[]) =>
    world({ faults: names.map((target) => ({ kind: 'broker-crash', target, atMs: 5_000, forMs: 4_000 })) });

  it('stand in for each other: with one gone the ledger goes on at another', () => {
    const one = down(['bookie-1']);
    expect(deliveriesOf(one).lost).toBe(0);
    expect(deliveriesOf(one).latencyMs.max).toBeLessThan(500);
    const writers = recordsOf(one, 'entry.appended').filter(
      ({ atUs }) => atUs > 5_500_000 && atUs < 9_000_000,
    );
    expect(new Set(writers.map(({ place }) => nameOf(one, place)))).toEqual(
      new Set(['bookie-2', 'bookie-3']),
    );
  });

  it('have to be as many as the quorum, or everything waits', () => {
    const two = down(['bookie-1', 'bookie-2']);
    expect(deliveriesOf(two).lost).toBe(0);
    expect(deliveriesOf(two).latencyMs.max).toBeGreaterThan(3_800);
  });
});

describe('de-duplication', () => {
  // The bookies are still writing when the broker dies: nobody tells the producer that they have it.
  const faults = [{ kind: 'broker-crash', target: 'broker-1', atMs: 6_030, forMs: 200 }];
  const publishers = [
    { name: 'editor', room: 'doc', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 1_000 } },
  ];

  it.each([
    [true, 10],
    [false, 11],
  ])('%s: of ten messages the ledgers have %i', (deduplication, entries) => {
    const again = world({ faults, publishers, backplane: { deduplication, bookieWriteMs: 50 } });
    expect(again.report().totals.published).toBe(10);
    expect(again.report().backplane.redelivered).toBeGreaterThan(0);
    const offsets = new Set(recordsOf(again, 'entry.appended').map(({ offset }) => Number(offset)));
    expect(offsets.size).toBe(entries);
    expect(deliveriesOf(again).lost).toBe(0);
  });
});

describe('subscriptions', () => {
  it('failover: one server for each partition, and another when it is gone, after a second', () => {
    const faults = [{ kind: 'server-crash', target: 'server-1', atMs: 6_000 }];
    const over = world({ faults, backplane: { subscriptionType: 'failover' } });
    const active = recordsOf(over, 'member.changed').filter(({ state }) => state === 'active');
    expect(active.map(({ place }) => nameOf(over, place))).toEqual(['server-1', 'server-2']);
    const handed = recordsOf(over, 'message.handed').filter(({ server }) => server === 1);
    expect(handed[0]?.atUs).toBeGreaterThan(7_000_000);
    expect(handed[0]?.atUs).toBeLessThan(7_300_000);
  });

  it('shared: each message goes to one server, and the record says who does not get it', () => {
    const shared = world({ backplane: { subscriptionType: 'shared' } });
    const { totals, backplane } = shared.report();
    expect(backplane.handed).toBe(totals.published);
    expect(totals.deliveries.delivered).toBe(totals.published);
    expect([...reasonsOf(shared)]).toEqual(['another server of the subscription has it']);
  });

  it('key-shared: each room is at one server', () => {
    const publishers = ['a', 'b', 'c', 'd'].map((room) => ({
      name: `editor-${room}`,
      room,
      startMs: 2_000,
      arrivals: { kind: 'periodic', everyMs: 150 },
    }));
    const clients = [
      { name: 'group', count: 2, rooms: ['a', 'b', 'c', 'd'], transport: { kind: 'websocket' } },
    ];
    const keyed = world({ publishers, clients, backplane: { subscriptionType: 'key-shared' } });
    const rooms = new Map(recordsOf(keyed, 'message.published').map(({ message, room }) => [message, room]));
    const servers = new Map<unknown, Set<unknown>>();
    for (const { message, server } of recordsOf(keyed, 'message.handed')) {
      const room = rooms.get(Number(message));
      servers.set(room, (servers.get(room) ?? new Set()).add(server));
    }
    expect([...servers.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1]);
    expect(new Set([...servers.values()].flatMap((of) => [...of])).size).toBe(2);
  });

  it('a message that could not be processed comes again after the delay, behind others', () => {
    const failing = world({ backplane: { nackPct: 10, negativeAckRedeliveryDelayMs: 2_000 } });
    expect(deliveriesOf(failing).lost).toBe(0);
    expect(deliveriesOf(failing).outOfOrder).toBeGreaterThan(0);
    expect(deliveriesOf(failing).latencyMs.max).toBeGreaterThan(2_000);
  });

  it('a broker’s crash loses nothing, whether messages are acknowledged one by one or all up to one', () => {
    const faults = [{ kind: 'broker-crash', target: 'broker-1', atMs: 6_000, forMs: 500 }];
    for (const acknowledge of ['individual', 'cumulative'])
      expect(deliveriesOf(world({ faults, backplane: { acknowledge } }))).toMatchObject({
        lost: 0,
        outOfOrder: 0,
      });
  });
});

describe('a producer', () => {
  it('gives up after its sendTimeout, and the record says so', () => {
    const faults = ['broker-1', 'broker-2'].map((target) => ({
      kind: 'broker-crash',
      target,
      atMs: 5_000,
      forMs: 8_000,
    }));
    const lost = world({ faults, backplane: { sendTimeoutMs: 3_000 } });
    expect(deliveriesOf(lost).lost).toBeGreaterThan(10);
    expect([...reasonsOf(lost)]).toContain('no broker confirmed it within sendTimeout');
    expect(deliveriesOf(world({ faults, backplane: { sendTimeoutMs: null } })).lost).toBe(0);
  });
});

describe('a reader', () => {
  const clients = [{ name: 'group', rooms: ['doc'], transport: { kind: 'sse', retryMs: 500 } }];

  it.each(['exclusive', 'shared'])('answers a client whose server has forgotten, %s or not', (type) => {
    const faults = [{ kind: 'server-crash', target: 'server-1', atMs: 8_000, forMs: 3_000 }];
    const told = (replayFrom: string) =>
      deliveriesOf(
        world({
          faults,
          clients,
          servers: { count: 1, replayFrom },
          backplane: { subscriptionType: type, batchingMaxPublishDelayMs: 250 },
        }),
      );
    expect(told('buffer').lost).toBeGreaterThan(20);
    expect(told('backplane')).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
  });

  /** The client was away from 3.5 s on; its topic moved meanwhile, and the ledger of before was closed. */
  const back = (backplane: object) => {
    const faults = [
      { kind: 'client-disconnect', target: 'group', atMs: 3_500, forMs: 8_000 },
      { kind: 'broker-crash', target: 'broker-1', atMs: 5_000, forMs: 30_000 },
    ];
    const servers = { count: 1, replayFrom: 'backplane', replayBuffer: { messages: 1 } };
    const moving = { metadataSessionTimeoutMs: 3_000, sendTimeoutMs: null };
    return world({ faults, clients, servers, backplane: { ...moving, ...backplane } });
  };

  it('finds no ledger that is closed and consumed, unless it is retained', () => {
    const [gone, kept] = [back({}), back({ retentionMs: 600_000 })];
    expect(deliveriesOf(kept)).toMatchObject({ lost: 0, outOfOrder: 0 });
    // What was published up to the crash, while the client was away.
    expect(deliveriesOf(gone).lost).toBeGreaterThan(8);
    expect(deliveriesOf(gone).lost).toBeLessThan(20);
  });

  it('asks for more as it reads, and begins anew at the next owner', () => {
    const small = back({ retentionMs: 600_000, receiverQueueSize: 3 });
    expect(deliveriesOf(small)).toMatchObject({ lost: 0, outOfOrder: 0 });
  });

  it('keeps the books whatever happens to brokers, bookies and servers meanwhile', () => {
    const target = fc.constantFrom('broker-1', 'broker-2', 'bookie-1', 'bookie-2', 'metadata');
    const atMs = fc.integer({ min: 2_000, max: 11_000 });
    const crash = fc.record({
      kind: fc.constant('broker-crash'),
      target,
      atMs,
      forMs: fc.integer({ min: 1, max: 3_000 }),
    });
    const away = fc.record({
      kind: fc.constantFrom('server-crash', 'client-disconnect'),
      target: fc.constant('server-1'),
      atMs,
      forMs: fc.integer({ min: 1, max: 3_000 }),
    });
    const faults = fc
      .tuple(crash, crash, away, away)
      .map((all) => all.map((one) => (one.kind === 'client-disconnect' ? { ...one, target: 'group' } : one)));
    fc.assert(
      fc.property(faults, fc.nat(100), (some, seed) => {
        const servers = { count: 1, replayFrom: 'backplane', replayBuffer: { messages: 1 } };
        const backplane = { metadataSessionTimeoutMs: 2_000, sendTimeoutMs: null, receiverQueueSize: 5 };
        const of = world({ faults: some, seed, clients, servers, backplane });
        const { expected, delivered, lost } = deliveriesOf(of);
        expect(delivered + lost).toBe(expected);
      }),
      { numRuns: cases(15, 1) },
    );
  });
});
