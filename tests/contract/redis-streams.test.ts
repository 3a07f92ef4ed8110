import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/scenarios/run.ts';
import { reasonsOf, recordsOf, run as runScenario } from './worlds.ts';

/** A source, Redis, two servers and a client at each. */
function run(options: object, over: object = {}): Run {
  return runScenario({
    version: 1,
    seed: 2,
    durationMs: 16_000,
    settleMs: 20_000,
    servers: { count: 2 },
    backplane: { kind: 'redis-streams', ...options },
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

const units = (world: Run, what: string) => recordsOf(world, 'unit.sent').filter((one) => one.what === what);

/** Redis restarts while server-2 cannot reach it for three seconds. */
const AWAY = [
  { kind: 'partition', between: ['server-2', 'redis'], atMs: 8_000, forMs: 3_000 },
  { kind: 'broker-crash', target: 'redis', atMs: 8_050, forMs: 100 },
];

describe('every server reads for itself', () => {
  it('a reader that was away gets everything, from the last ID that it has read, once and in order', () => {
    const { totals } = run({ appendOnly: true }, { faults: AWAY }).report();
    expect(totals.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    expect(totals.deliveries.latencyMs.max).toBeGreaterThan(2_500);
  });

  it('Redis without an append-only file forgets in a crash what a reader had not read', () => {
    const faults = [{ ...AWAY[0], atMs: 7_550 }, AWAY[1]];
    const world = run({}, { faults });
    expect(reasonsOf(world)).toEqual(new Set(['Redis crashed, and kept nothing on a disk']));
    // Of the five that came between, the first was on its way, so that the kernel has it; what came later is kept.
    expect(world.report().totals.deliveries.lost).toBe(4);
  });

  it('reads in batches what came while a read was on its way: one read is under way at a time', () => {
    const slow = { network: { datacenter: { rttMs: 300 } } };
    const world = run({}, slow);
    const { appended, forwarded } = world.report().backplane;
    expect(forwarded).toBe(2 * appended);
    const answers = units(world, 'redis.entries').map(({ messages }) => Number(messages));
    expect(Math.max(...answers)).toBeGreaterThanOrEqual(3);
    for (const server of [0, 1]) {
      const handed = recordsOf(world, 'message.handed').filter((one) => one.server === server);
      expect(handed).toHaveLength(appended);
    }
  });

  it('a wait ends with nothing after BLOCK, and the reader asks again', () => {
    const world = run({ blockMs: 500 }, { publishers: [quiet] });
    // Of 36 seconds, two readers, half a second each.
    expect(units(world, 'redis.nothing').length).toBeGreaterThan(2 * 60);
    expect(units(world, 'redis.nothing').length).toBeLessThanOrEqual(2 * 72);
    expect(units(run({ blockMs: 0 }, { publishers: [quiet] }), 'redis.nothing')).toHaveLength(0);
  });

  it('a second room is read at once, though the reader waits for the first one for ever', () => {
    const clients = [
      { name: 'group', rooms: ['doc'], transport: { kind: 'websocket' } },
      { name: 'late', rooms: ['quiet'], startMs: 8_000, transport: { kind: 'websocket' } },
    ];
    const publishers = [{ ...quiet, startMs: 12_000 }];
    const world = run({ blockMs: 0 }, { servers: { count: 1 }, clients, publishers });
    expect(units(world, 'redis.unblock').length).toBeGreaterThan(0);
    expect(world.report().groups.late?.deliveries).toMatchObject({ lost: 0, expected: 8 });
  });

  it('a read goes on waiting at a Redis that is no more until TCP finds out, or silence has its limit', () => {
    // The link is dead when Redis dies, so that nobody tells the reader.
    const faults = [
      { kind: 'partition', between: ['server-2', 'redis'], atMs: 7_950, forMs: 7_000 },
      { kind: 'broker-crash', target: 'redis', atMs: 8_000, forMs: 100 },
    ];
    const publishers = [
      { name: 'editor', room: 'doc', startMs: 9_000, arrivals: { kind: 'periodic', everyMs: 100 } },
    ];
    const patient = run({ appendOnly: true }, { faults, publishers }).report().totals.deliveries;
    const wary = run({ appendOnly: true, socketTimeoutMs: 6_000 }, { faults, publishers }).report().totals;
    expect(patient).toMatchObject({ lost: 0, duplicates: 0 });
    expect(wary.deliveries).toMatchObject({ lost: 0, duplicates: 0 });
    // The link is back after 15 s: one reader is there within seconds, the other hears of it by a retransmission.
    expect(wary.deliveries.latencyMs.max).toBeLessThan(8_500);
    expect(patient.latencyMs.max).toBeGreaterThan(9_000);
  });

  it('a stream is trimmed whether it was read or not: exactly, or by whole nodes', () => {
    const faults = [{ kind: 'server-pause', target: 'server-2', atMs: 6_000, forMs: 8_000 }];
    const lost = (options: object) => {
      const world = run(options, { faults });
      const { totals } = world.report();
      if (totals.deliveries.lost > 0)
        expect(reasonsOf(world)).toEqual(new Set(['trimmed before the server read it']));
      expect(totals.deliveries).toMatchObject({ duplicates: 0, outOfOrder: 0 });
      return totals.deliveries.lost;
    };
    const exact = lost({ maxLen: 30, trim: 'exact' });
    expect(exact).toBeGreaterThan(45);
    expect(exact).toBeLessThan(55);
    // Nodes have 35 entries of this size.
    expect(lost({ maxLen: 30, trim: 'approximate' })).toBeLessThanOrEqual(exact);
    expect(lost({ maxLen: 1_000 })).toBe(0);
  });

  it('an XADD whose answer was lost is sent again: the entry is there twice', () => {
    const faults = [
      { kind: 'partition', between: ['redis', 'editor'], direction: 'forth', atMs: 8_000, forMs: 2_000 },
      { kind: 'broker-crash', target: 'redis', atMs: 9_000, forMs: 50 },
    ];
    const [twice, once] = [true, false].map((resend) =>
      run({ appendOnly: true, resend }, { faults }).report(),
    );
    expect(twice?.totals.deliveries.duplicates).toBeGreaterThan(0);
    expect(twice?.backplane.redelivered).toBeGreaterThan(0);
    expect(twice?.totals.deliveries.lost).toBe(0);
    expect(once?.totals.deliveries.duplicates).toBe(0);
  });

  it('without resend a read is never answered when its connection breaks, and the server reads no more', () => {
    const faults = [{ kind: 'broker-crash', target: 'redis', atMs: 8_050, forMs: 100 }];
    const lastHanded = (options: object) => {
      const world = run({ appendOnly: true, resend: false, ...options }, { faults });
      return Math.max(...recordsOf(world, 'message.handed').map(({ atUs }) => atUs));
    };
    expect(lastHanded({})).toBeLessThan(8_050_000);
    // What is given up before there is a connection again has failed, and the server asks anew.
    expect(lastHanded({ maxRetries: 0 })).toBeGreaterThan(15_000_000);
  });

  it('hides entries behind the last ID when Redis has lost its stream, and its clock has gone back', () => {
    const faults = [
      { kind: 'clock-skew', target: 'redis', atMs: 7_900, byMs: -3_000 },
      { kind: 'broker-crash', target: 'redis', atMs: 8_000, forMs: 100 },
    ];
    const world = run({}, { faults });
    expect([...reasonsOf(world)].some((reason) => /clock went back/.test(String(reason)))).toBe(true);
    expect(world.report().totals.deliveries.lost).toBeGreaterThan(2 * 25);
  });

  it('answers a client that comes back to a server which has forgotten', () => {
    const faults = [{ kind: 'server-crash', target: 'server-1', atMs: 8_000, forMs: 3_000 }];
    const clients = [{ name: 'group', rooms: ['doc'], transport: { kind: 'sse', retryMs: 500 } }];
    const told = (replayFrom: string) =>
      run({}, { faults, clients, servers: { count: 1, replayFrom } }).report().totals.deliveries;
    expect(told('buffer').lost).toBeGreaterThan(20);
    expect(told('backplane')).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
  });
});

const quiet = { name: 'rare', room: 'quiet', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 500 } };

describe('servers share a stream as a consumer group', () => {
  const group = { pattern: 'group', minIdleMs: 3_000, claimIntervalMs: 1_000 };

  it('an entry goes to one server: the clients of the other go without, and the record says so', () => {
    const world = run(group);
    const { totals, backplane } = world.report();
    expect(backplane.handed).toBe(totals.published);
    expect(totals.deliveries.lost).toBe(totals.published);
    expect([...reasonsOf(world)].sort()).toEqual([
      'the group gave it to server-1',
      'the group gave it to server-2',
    ]);
  });

  /** The client's server dies with entries that it has not come to. */
  const dying = {
    servers: { count: 2, cpu: { perReceiveMs: 50 } },
    publishers: [
      { name: 'editor', room: 'doc', startMs: 2_000, arrivals: { kind: 'burst', everyMs: 2_000, size: 20 } },
    ],
    clients: [
      {
        name: 'group',
        rooms: ['doc'],
        transport: { kind: 'websocket' },
        reconnect: { kind: 'fixed', baseMs: 50 },
      },
    ],
    faults: [
      { kind: 'partition', between: ['server-1', 'redis'], direction: 'forth', atMs: 8_300, forMs: 5_000 },
      { kind: 'server-crash', target: 'server-1', atMs: 8_600, forMs: 30_000 },
    ],
  };

  it('what a dead consumer had not acknowledged is claimed by another: twice, and out of order', () => {
    const world = run(group, dying);
    const { totals, backplane } = world.report();
    expect(totals.deliveries.lost).toBe(0);
    // It passed on one in 50 ms while its acknowledgements went nowhere, and one before that was under way.
    expect(totals.deliveries.duplicates).toBeGreaterThanOrEqual(5);
    expect(totals.deliveries.duplicates).toBeLessThanOrEqual(8);
    expect(totals.deliveries.outOfOrder).toBeGreaterThan(3);
    expect(backplane.redelivered).toBeGreaterThan(totals.deliveries.duplicates);
    const owners = recordsOf(world, 'owner.changed');
    expect(owners.some(({ owner, before }) => owner === 1 && before === 0)).toBe(true);
    // In the end nothing is pending.
    const last = new Map(owners.map(({ part, owner }) => [part, owner]));
    expect([...last.values()].every((owner) => owner === -1)).toBe(true);
  });

  it('with NOACK what it had not come to is lost instead', () => {
    const { deliveries } = run({ ...group, noAck: true }, dying).report().totals;
    expect(deliveries.duplicates).toBe(0);
    expect(deliveries.lost).toBeGreaterThan(3);
  });

  it('a consumer that comes back in time goes through its own pending entries first', () => {
    const faults = [{ kind: 'server-crash', target: 'server-1', atMs: 8_600, forMs: 500 }];
    const one = { ...dying, servers: { count: 1, cpu: { perReceiveMs: 50 } }, faults };
    const { deliveries } = run({ ...group, minIdleMs: 60_000 }, one).report().totals;
    expect(deliveries).toMatchObject({ lost: 0, outOfOrder: 0 });
  });

  it('claims from a consumer that is alive, if it is slower than min-idle-time', () => {
    const slow = {
      ...dying,
      publishers: [
        { name: 'editor', room: 'doc', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 40 } },
      ],
      faults: [{ kind: 'server-pause', target: 'server-1', atMs: 8_200, forMs: 4_000 }],
    };
    const clients = [{ name: 'group', count: 2, rooms: ['doc'], transport: { kind: 'websocket' } }];
    const world = run(group, { ...slow, clients });
    expect(world.report().backplane.redelivered).toBeGreaterThan(0);
    const times = new Map<unknown, number>();
    for (const { message } of recordsOf(world, 'message.handed'))
      times.set(message, (times.get(message) ?? 0) + 1);
    expect(Math.max(...times.values())).toBe(2);
  });
});
