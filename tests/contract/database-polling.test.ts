import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/scenarios/run.ts';
import { reasonsOf, recordsOf, run as runScenario } from './worlds.ts';

/** Two sources, the database, two servers and a client at each. */
function run(options: object, over: object = {}): Run {
  return runScenario({
    version: 1,
    seed: 3,
    durationMs: 20_000,
    settleMs: 10_000,
    servers: { count: 2 },
    backplane: { kind: 'database-polling', intervalMs: 500, ...options },
    publishers: [
      { name: 'editor', room: 'doc', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 100 } },
      { name: 'robot', room: 'doc', startMs: 2_000, arrivals: { kind: 'poisson', perSecond: 5 } },
    ],
    clients: [{ name: 'group', count: 2, rooms: ['doc'], transport: { kind: 'websocket' } }],
    ...over,
  });
}

const units = (world: Run, what: string) => recordsOf(world, 'unit.sent').filter((one) => one.what === what);
const deliveries = (options: object, over: object = {}) => run(options, over).report().totals.deliveries;

describe('load', () => {
  it('is servers × rate, whether there is anything new or not', () => {
    const quiet = {
      publishers: [{ name: 'rare', room: 'doc', arrivals: { kind: 'at', timesMs: [15_000] } }],
    };
    const asked = (servers: number, intervalMs: number) => {
      const clients = [{ name: 'group', count: servers, rooms: ['doc'], transport: { kind: 'websocket' } }];
      const world = run({ intervalMs }, { ...quiet, servers: { count: servers }, clients });
      return units(world, 'database.select').length;
    };
    // Of 30 seconds a fifth of one is for connecting; then it asks at once, and with each tick of its timer.
    for (const [servers, intervalMs] of [
      [1, 500],
      [4, 500],
      [4, 250],
    ] as const) {
      const expected = servers * (29_800 / intervalMs + 1);
      expect(Math.abs(asked(servers, intervalMs) - expected)).toBeLessThanOrEqual(servers);
    }
  });

  it('an update waits for half an interval on average, and for a whole one at most', () => {
    const { latencyMs } = deliveries({ intervalMs: 1_000 });
    // Mean of a uniform wait, and the way.
    expect(latencyMs.mean).toBeGreaterThan(500);
    expect(latencyMs.mean).toBeLessThan(560);
    expect(latencyMs.max).toBeLessThan(1_060);
  });

  it('past saturation latency grows without end, if nobody waits for an answer before asking again', () => {
    const five = [{ name: 'group', count: 5, rooms: ['doc'], transport: { kind: 'websocket' } }];
    const publishers = [
      { name: 'editor', room: 'doc', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 1_000 } },
    ];
    // Five servers, four times a second: 20 questions a second for one worker.
    const latency = (queryMs: number, schedule: string, durationMs: number) =>
      deliveries(
        { intervalMs: 250, workers: 1, queryMs, schedule },
        { servers: { count: 5 }, clients: five, publishers, durationMs },
      ).latencyMs.max as number;
    expect(latency(30, 'overlapping', 20_000)).toBeLessThan(700);
    const [short, long] = [latency(80, 'overlapping', 10_000), latency(80, 'overlapping', 20_000)];
    expect(short).toBeGreaterThan(2_000);
    expect(long).toBeGreaterThan(short + 2_000);
    // Whoever waits for the answer has at most one question in the queue: it is bounded by their number.
    expect(latency(80, 'skip', 20_000)).toBeLessThan(2 * 5 * 80 + 500);
  });

  it('a process has so many connections, and the database takes so many', () => {
    const opened = (options: object) =>
      recordsOf(run({ inOrder: false, ...options }), 'peer.attempted').filter(({ place }) => place === 3)
        .length;
    const burst = {
      publishers: [
        {
          name: 'editor',
          room: 'doc',
          startMs: 2_000,
          arrivals: { kind: 'burst', everyMs: 5_000, size: 40 },
        },
      ],
    };
    const world = run({ inOrder: false, poolMax: 6 }, burst);
    expect(recordsOf(world, 'peer.attempted').filter(({ place }) => place === 3)).toHaveLength(6);
    expect(world.report().totals.deliveries).toMatchObject({ lost: 0, duplicates: 0 });
    expect(opened({ poolMax: 1 })).toBe(1);
    // Two servers and a source want a connection each.
    const crowded = run({ maxConnections: 2 }, burst);
    expect(units(crowded, 'database.refused').length).toBeGreaterThan(0);
  });
});

describe('cursors', () => {
  const slow = { slowPct: 20, slowMs: 1_500, inOrder: false };

  it('by timestamp misses what is committed late, without a word', () => {
    const world = run({ cursor: 'timestamp', ...slow });
    const { lost, duplicates } = world.report().totals.deliveries;
    expect(lost).toBeGreaterThan(20);
    expect(duplicates).toBe(0);
    expect(reasonsOf(world)).toEqual(new Set(['it became visible behind the server’s cursor']));
    // Every one of them is in the table.
    expect(world.report().backplane.appended).toBe(world.report().totals.published);
  });

  it('by id does so too: a sequence gives its numbers before the commit', () => {
    expect(deliveries({ cursor: 'id', ...slow }).lost).toBeGreaterThan(20);
    expect(deliveries({ cursor: 'id' }).lost).toBe(0);
  });

  it('that stays behind for longer than any transaction is open misses nothing, and is late by so much', () => {
    for (const cursor of ['id', 'timestamp']) {
      const { lost, duplicates, latencyMs } = deliveries({ cursor, ...slow, readBehindMs: 2_000 });
      expect({ lost, duplicates }).toEqual({ lost: 0, duplicates: 0 });
      expect(latencyMs.p50).toBeGreaterThan(2_000);
    }
  });

  it('with >= gets its last rows again with every question, and > misses those of the same time', () => {
    const coarse = { timestampStepMs: 1_000 };
    const again = deliveries({ cursor: 'timestamp-inclusive', ...coarse });
    expect(again.lost).toBe(0);
    expect(again.duplicates).toBeGreaterThan(100);
    // By their id they are known for what they are.
    const known = { servers: { count: 2, dropDuplicates: true } };
    expect(deliveries({ cursor: 'timestamp-inclusive', ...coarse }, known)).toMatchObject({
      lost: 0,
      duplicates: 0,
    });
    expect(deliveries({ cursor: 'timestamp', ...coarse }).lost).toBeGreaterThan(50);
  });

  it('by the time of sources misses whoever’s clock is slow', () => {
    const faults = [{ kind: 'clock-skew', target: 'robot', atMs: 5_000, forMs: 10_000, byMs: -3_000 }];
    const world = run({ cursor: 'timestamp', clock: 'application' }, { faults });
    const robots = recordsOf(world, 'message.published').filter(
      ({ publisher, atUs }) => publisher === 1 && atUs > 5_000_000 && atUs < 15_000_000,
    );
    const missed = new Set(recordsOf(world, 'message.dropped').map(({ message }) => message));
    expect(missed.size).toBe(robots.length);
    expect(robots.every(({ message }) => missed.has(message as number))).toBe(true);
    expect(deliveries({ cursor: 'timestamp', clock: 'database' }, { faults }).lost).toBe(0);
  });
});

describe('crashes', () => {
  it('of a server: it goes on from the cursor on its disk, and passes on again what it had not noted', () => {
    const over = {
      servers: { count: 1, cpu: { perReceiveMs: 45 } },
      clients: [
        {
          name: 'group',
          rooms: ['doc'],
          transport: { kind: 'websocket' },
          reconnect: { kind: 'fixed', baseMs: 50 },
        },
      ],
      publishers: [
        { name: 'editor', room: 'doc', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 50 } },
      ],
      faults: [{ kind: 'server-crash', target: 'server-1', atMs: 8_100, forMs: 2_000 }],
    };
    const kept = deliveries({ keepCursor: true }, over);
    expect(kept.lost).toBe(0);
    expect(kept.duplicates).toBeGreaterThan(0);
    const forgot = deliveries({ keepCursor: false }, over);
    expect(forgot.lost).toBeGreaterThan(20);
    expect(forgot.duplicates).toBe(0);
  });

  it('of the database: what is committed is there, what was open is written again, once', () => {
    const faults = [{ kind: 'broker-crash', target: 'database', atMs: 8_000, forMs: 1_000 }];
    const world = run({ slowPct: 30, slowMs: 400, inOrder: false, readBehindMs: 1_000 }, { faults });
    expect(world.report().totals.deliveries).toMatchObject({ lost: 0, duplicates: 0 });
    expect(world.report().backplane.redelivered).toBeGreaterThan(0);
  });

  it('with an answer lost: without a unique key the row is there twice', () => {
    const faults = [
      { kind: 'partition', between: ['database', 'editor'], direction: 'forth', atMs: 8_000, forMs: 2_000 },
    ];
    const impatient = { queryTimeoutMs: 500 };
    expect(deliveries({ ...impatient, uniqueKey: false }, { faults }).duplicates).toBeGreaterThan(0);
    expect(deliveries({ ...impatient, uniqueKey: true }, { faults })).toMatchObject({
      lost: 0,
      duplicates: 0,
    });
  });

  it('of a client’s server: the client gets from the table what the new process has forgotten', () => {
    const faults = [{ kind: 'server-crash', target: 'server-1', atMs: 8_000, forMs: 3_000 }];
    const clients = [{ name: 'group', rooms: ['doc'], transport: { kind: 'sse', retryMs: 500 } }];
    const told = (replayFrom: string) =>
      deliveries({}, { faults, clients, servers: { count: 1, replayFrom } });
    expect(told('buffer').lost).toBeGreaterThan(20);
    expect(told('backplane')).toMatchObject({ lost: 0, duplicates: 0 });
  });
});
