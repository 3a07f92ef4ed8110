import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/scenarios/run.ts';
import { recordsOf, run as runScenario } from './worlds.ts';

/** A source, NATS, two servers and a client at each. */
function run(over: object): Run {
  return runScenario({
    version: 1,
    seed: 2,
    durationMs: 20_000,
    servers: { count: 2 },
    backplane: { kind: 'nats' },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 2_000,
        arrivals: { kind: 'periodic', everyMs: 100 },
        bytes: 100,
      },
    ],
    clients: [{ name: 'group', count: 2, rooms: ['doc-123'], transport: { kind: 'websocket' } }],
    ...over,
  });
}

const droppedFor = (world: Run, reason: RegExp) =>
  recordsOf(world, 'message.dropped').filter((record) => reason.test(String(record.reason)));
const source = (everyMs: number, bytes: number, startMs = 2_000) => [
  { name: 'editor', room: 'doc-123', startMs, arrivals: { kind: 'periodic', everyMs }, bytes },
];

describe('core NATS keeps nothing', () => {
  it('a restart costs what is published before servers are back, and the record says why', () => {
    const world = run({ faults: [{ kind: 'broker-crash', target: 'nats', atMs: 8_000, forMs: 100 }] });
    const { lost, duplicates, outOfOrder } = world.report().totals.deliveries;
    expect({ duplicates, outOfOrder }).toEqual({ duplicates: 0, outOfOrder: 0 });
    // Whoever is back first, the source or a server, decides: between nothing and the two seconds of both.
    expect(lost).toBeLessThanOrEqual(2 * 23);
    for (const { reason } of recordsOf(world, 'message.dropped'))
      expect(reason).toMatch(/^(not subscribed at that moment|connection to NATS lost)$/);
  });

  it('what is published while there is no connection waits in the client, up to its buffer', () => {
    const faults = [{ kind: 'broker-crash', target: 'nats', atMs: 8_000, forMs: 4_000 }];
    const waited = run({ faults }).report();
    expect(waited.totals.refused).toBe(0);
    const small = run({ faults, backplane: { kind: 'nats', reconnectBufBytes: 1_000 } }).report();
    // Some 130 bytes each, ten a second.
    expect(small.totals.refused).toBeGreaterThan(25);
    expect(small.totals.refused).toBeLessThan(50);
  });

  it('a client that has failed too often gives up for good', () => {
    const faults = [{ kind: 'broker-crash', target: 'nats', atMs: 8_000, forMs: 5_000 }];
    const world = run({ faults, backplane: { kind: 'nats', maxReconnects: 1 } });
    // Nobody is ever back: everything is refused from then on.
    expect(world.report().totals.refused).toBeGreaterThan(60);
    expect(droppedFor(world, /gave its connection up/).length).toBeGreaterThan(10);
    const moves = recordsOf(world, 'machine.moved').filter(({ to }) => to === 'given up');
    expect(moves).toHaveLength(3);
    // And one that may not try at all is lost with its connection, though the server is back at once.
    const brief = [{ kind: 'broker-crash', target: 'nats', atMs: 8_000, forMs: 100 }];
    const never = run({ faults: brief, backplane: { kind: 'nats', maxReconnects: 0 } });
    expect(never.report().totals.refused).toBeGreaterThan(110);
  });

  it('a network that is away for a second loses nothing: TCP sends again', () => {
    const world = run({
      faults: [{ kind: 'partition', between: ['servers', 'nats'], atMs: 8_000, forMs: 1_000 }],
    });
    expect(world.report().totals.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
  });
});

describe('slow consumers', () => {
  const paused = (forMs: number) => [{ kind: 'server-pause', target: 'server-1', atMs: 1_900, forMs }];

  it('ten seconds after a write blocked the connection is closed, and two later there is a new one', () => {
    const world = run({ publishers: source(5, 10_000), faults: paused(15_000), durationMs: 22_000 });
    const cut = droppedFor(world, /write deadline/);
    expect(new Set(cut.map(({ server }) => server))).toEqual(new Set([0]));
    const atMs = Number(cut[0]?.atUs) / 1000;
    // 0.3 MB are with the kernels after 0.15 s.
    expect(atMs).toBeGreaterThan(12_000);
    expect(atMs).toBeLessThan(12_500);
    const bytes = recordsOf(world, 'buffer.changed').map((record) => Number(record.bytes));
    expect(Math.max(...bytes)).toBeLessThan(67_108_864);
    expect(world.report().totals.deliveries.lost).toBe(
      new Set(recordsOf(world, 'message.dropped').map(({ message }) => message)).size,
    );
  });

  it('a pause that is shorter than the write deadline costs nothing', () => {
    const world = run({ publishers: source(20, 10_000), faults: paused(9_000), durationMs: 14_000 });
    expect(world.report().totals.deliveries.lost).toBe(0);
    expect(recordsOf(world, 'buffer.changed').length).toBeGreaterThan(0);
  });

  it('or when more than max_pending waits, at once', () => {
    const world = run({
      publishers: source(10, 10_000),
      backplane: { kind: 'nats', maxPendingBytes: 1_000_000 },
      faults: paused(6_000),
      durationMs: 9_000,
    });
    const cut = droppedFor(world, /max_pending/);
    expect(cut.length).toBeGreaterThan(95);
    expect(cut.length).toBeLessThan(105);
    const bytes = recordsOf(world, 'buffer.changed').map((record) => Number(record.bytes));
    expect(Math.max(...bytes)).toBeGreaterThan(990_000);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(1_020_000);
  });

  it('an application that is too slow loses messages in its own process, and keeps its connection', () => {
    const world = run({
      publishers: source(10, 100),
      servers: { count: 2, cpu: { perReceiveMs: 20 } },
      backplane: { kind: 'nats', subPendingMsgs: 100 },
      durationMs: 8_000,
    });
    // It takes 50 a second of 100.
    const dropped = droppedFor(world, /own limit/);
    expect(dropped.length).toBeGreaterThan(300);
    const { totals } = world.report();
    expect(totals.deliveries.lost).toBe(dropped.length);
    expect(totals.deliveries.outOfOrder).toBe(0);
    expect(recordsOf(world, 'peer.attempted')).toHaveLength(3);
  });
});

describe('subscriptions', () => {
  const rooms = {
    publishers: [
      ...source(100, 100),
      { name: 'other', room: 'doc-124', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 100 } },
      { name: 'third', room: 'notes', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 100 } },
    ],
    durationMs: 7_000,
  };
  const forwarded = (subscribe: string) =>
    run({ ...rooms, backplane: { kind: 'nats', subscribe } }).report().backplane;

  it('by room, by * and by >: the coarser, the more comes that nobody watches', () => {
    expect(forwarded('rooms')).toMatchObject({ forwarded: 100, handed: 100 });
    expect(forwarded('siblings')).toMatchObject({ forwarded: 200, handed: 100 });
    expect(forwarded('everything')).toMatchObject({ forwarded: 300, handed: 100 });
  });

  it('a queue group: each message goes to one member, and to all of them about as often', () => {
    const world = run({ publishers: source(20, 100), backplane: { kind: 'nats', queueGroup: true } });
    const handed = recordsOf(world, 'message.handed');
    const { published } = world.report().totals;
    expect(handed).toHaveLength(published);
    const first = handed.filter(({ server }) => server === 0).length / published;
    // 900 messages: three standard deviations are 5 %.
    expect(first).toBeGreaterThan(0.45);
    expect(first).toBeLessThan(0.55);
    expect(droppedFor(world, /another member of the queue group/)).toHaveLength(published);
  });
});

describe('pings', () => {
  it('a connection without an answer to two of them is stale, on either side', () => {
    const cutAway = [{ kind: 'partition', between: ['server-1', 'nats'], atMs: 3_000 }];
    const quiet = { publishers: source(60_000, 100, 100_000), durationMs: 60_000 };
    const world = run({
      ...quiet,
      faults: cutAway,
      backplane: { kind: 'nats', pingIntervalMs: 5_000, clientPingIntervalMs: 5_000 },
    });
    const moves = recordsOf(world, 'machine.moved');
    const stale = moves.filter(({ to }) => to === 'stale');
    expect(stale.length).toBeGreaterThanOrEqual(1);
    // Pings at 5 and 10 s have no answer any more; the next would be the third.
    const left = moves.filter(({ from, to }) => from === 'connected' && to === 'waiting');
    expect(left.map(({ atUs }) => Math.round(Number(atUs) / 1e6))).toEqual([15]);
  });
});
