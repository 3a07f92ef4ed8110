import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/scenarios/run.ts';
import { recordsOf, run as runScenario } from './worlds.ts';

const source = (everyMs: number, bytes = 100, startMs = 2_000) => [
  { name: 'editor', room: 'doc-123', startMs, arrivals: { kind: 'periodic', everyMs }, bytes },
];

/** A source, NATS, two servers and a client at each. */
function run(options: object, over: object = {}): Run {
  return runScenario({
    version: 1,
    seed: 2,
    durationMs: 14_000,
    settleMs: 20_000,
    servers: { count: 2 },
    publishers: source(200),
    clients: [{ name: 'group', count: 2, rooms: ['doc-123'], transport: { kind: 'websocket' } }],
    ...over,
    backplane: { kind: 'jetstream', ...options },
  });
}

const droppedFor = (world: Run, reason: RegExp) =>
  recordsOf(world, 'message.dropped').filter((record) => reason.test(String(record.reason)));
const deliveries = (world: Run) => world.report().totals.deliveries;
const restart = { faults: [{ kind: 'broker-crash', target: 'nats', atMs: 6_000, forMs: 1_000 }] };
const sure = { publishRetries: null, msgId: true };

describe('publishing', () => {
  const deaf = {
    faults: [
      { kind: 'partition', between: ['nats', 'editor'], direction: 'forth', atMs: 4_000, forMs: 6_000 },
    ],
  };

  it('again, without an id: the stream has it twice, and everybody is handed it twice', () => {
    const world = run({ publishRetries: null }, deaf);
    const { appended, published } = world.report().backplane;
    expect(appended).toBe(published + 1);
    expect(deliveries(world)).toMatchObject({ lost: 0, duplicates: 2 });
  });

  it('again, with an id: the stream knows it', () => {
    const world = run(sure, deaf);
    const { appended, published, redelivered } = world.report().backplane;
    expect({ appended, redelivered }).toEqual({ appended: published, redelivered: 1 });
    expect(deliveries(world)).toMatchObject({ lost: 0, duplicates: 0 });
    const units = recordsOf(world, 'unit.sent').map(({ what }) => what);
    expect(units.filter((what) => what === 'nats.js-duplicate')).toHaveLength(1);
  });

  it('but not when the window has passed', () => {
    const world = run({ ...sure, duplicateWindowMs: 3_000 }, deaf);
    expect(deliveries(world).duplicates).toBe(2);
  });

  it('once: what has no acknowledgement is lost, unless it was stored all the same', () => {
    const world = run({}, restart);
    const { lost } = deliveries(world);
    expect(lost).toBe(2 * droppedFor(world, /connection to NATS lost|no acknowledgement/).length);
    expect(deliveries(run({}, deaf)).lost).toBe(0);
  });

  it('to a full stream that discards what is new: the source is told', () => {
    const world = run({ maxMsgs: 20, discard: 'new' });
    expect(world.report().backplane.appended).toBe(20);
    expect(droppedFor(world, /maximum messages exceeded/).length).toBe(world.report().totals.published - 20);
  });
});

describe('an absence', () => {
  it.each(['ordered', 'durable'])('is made up for, after a restart of NATS: %s', (pattern) => {
    const world = run({ ...sure, pattern }, restart);
    expect(deliveries(world)).toMatchObject({ lost: 0, duplicates: 0 });
    expect(deliveries(world).latencyMs.max).toBeGreaterThan(1_000);
  });

  it('an ordered consumer begins anew at the gap, and nothing comes twice or out of order', () => {
    const cut = {
      faults: [
        { kind: 'server-pause', target: 'server-1', atMs: 3_000, forMs: 9_000 },
        { kind: 'link-change', target: 'server-2', atMs: 4_000, forMs: 3_000, set: { lossPct: 30 } },
      ],
      publishers: source(20, 10_000),
    };
    const world = run({ ...sure, writeDeadlineMs: 2_000 }, cut);
    expect(deliveries(world)).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    const again = recordsOf(world, 'machine.moved').filter(
      ({ from, to }) => from === 'reading' && to === 'creating',
    );
    expect(again.length).toBeGreaterThan(0);
  });

  it('that is longer than the stream keeps is lost, and the record says so', () => {
    const away = {
      faults: [{ kind: 'server-pause', target: 'server-2', atMs: 3_000, forMs: 8_000 }],
      publishers: source(20, 10_000),
    };
    const limits = { writeDeadlineMs: 1_000, maxMsgs: 100 };
    for (const pattern of ['ordered', 'durable']) {
      const world = run({ ...sure, ...limits, pattern, ackWaitMs: 2_000 }, away);
      const gone = droppedFor(world, /limits took it|begins behind it|slow consumer/);
      expect(gone.length).toBeGreaterThan(100);
      const { lost } = deliveries(world);
      expect(lost).toBe(gone.length);
    }
  });

  it('core NATS loses what JetStream replays', () => {
    const world = runScenario({
      version: 1,
      seed: 2,
      durationMs: 14_000,
      settleMs: 20_000,
      servers: { count: 2 },
      publishers: source(200),
      clients: [{ name: 'group', count: 2, rooms: ['doc-123'], transport: { kind: 'websocket' } }],
      backplane: { kind: 'nats' },
      faults: [{ kind: 'server-pause', target: 'server-2', atMs: 3_000, forMs: 1 }, ...restart.faults],
    });
    expect(deliveries(world).lost).toBeGreaterThan(0);
    expect(deliveries(run(sure, restart)).lost).toBe(0);
  });

  it('of clients: their room is read again from the stream, though their server has forgotten everything', () => {
    const told = (replayFrom: string) =>
      deliveries(
        run(sure, {
          servers: { count: 1, replayFrom },
          clients: [{ name: 'group', rooms: ['doc-123'], transport: { kind: 'sse', retryMs: 500 } }],
          faults: [{ kind: 'server-crash', target: 'server-1', atMs: 6_000, forMs: 3_000 }],
        }),
      );
    expect(told('buffer').lost).toBeGreaterThan(10);
    expect(told('backplane')).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
  });
});

describe('acknowledgements', () => {
  const slow = {
    servers: { count: 1, cpu: { perReceiveMs: 250 } },
    clients: [{ name: 'group', rooms: ['doc-123'], transport: { kind: 'websocket' } }],
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 2_000,
        arrivals: { kind: 'burst', everyMs: 60_000, size: 20 },
      },
    ],
  };

  it('that come too late: the message is delivered again, and handed over twice', () => {
    const world = run({ pattern: 'durable', ackWaitMs: 2_000 }, slow);
    expect(deliveries(world).duplicates).toBeGreaterThan(8);
    expect(deliveries(world).lost).toBe(0);
    expect(deliveries(run({ pattern: 'durable', ackWaitMs: 6_000 }, slow)).duplicates).toBe(0);
  });

  it('a server asks for no more than it can have in hand until it has dealt with half of that', () => {
    const few = run({ pattern: 'durable', ackWaitMs: 2_000, pullMaxMessages: 4 }, slow);
    expect(deliveries(few)).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    expect(few.report().backplane.redelivered).toBe(0);
  });

  it('fewer messages in hand cure it, or a server that knows what it has had', () => {
    const few = run({ pattern: 'durable', ackWaitMs: 2_000, maxAckPending: 4 }, slow);
    expect(deliveries(few)).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    const known = run(
      { pattern: 'durable', ackWaitMs: 2_000 },
      { ...slow, servers: { ...slow.servers, dropDuplicates: true } },
    );
    expect(deliveries(known)).toMatchObject({ lost: 0, duplicates: 0 });
  });

  it('that never come: max_deliver gives a message up', () => {
    const crashed = {
      ...slow,
      servers: { count: 1, cpu: { perReceiveMs: 1_000 } },
      faults: [{ kind: 'server-crash', target: 'server-1', atMs: 4_500, forMs: 200 }],
      settleMs: 40_000,
    };
    const world = run({ pattern: 'durable', ackWaitMs: 5_000, maxDeliver: 1 }, crashed);
    expect(droppedFor(world, /max_deliver/).length).toBeGreaterThan(10);
    expect(deliveries(run({ pattern: 'durable', ackWaitMs: 25_000 }, crashed)).lost).toBe(0);
    // In a work queue it stays all the same, as what nobody has acknowledged.
    const queue = { retention: 'workqueue', deliverPolicy: 'all', pattern: 'shared' };
    const left = run({ ...queue, ackWaitMs: 5_000, maxDeliver: 1 }, crashed);
    const first = Math.max(...recordsOf(left, 'entry.trimmed').map(({ offset }) => Number(offset)));
    expect(first).toBeLessThan(left.report().totals.published);
  });

  it('a server that crashes before it acknowledged is handed the message again', () => {
    const crash = {
      servers: { count: 1, cpu: { perReceiveMs: 150 } },
      clients: [
        {
          name: 'group',
          rooms: ['doc-123'],
          transport: { kind: 'websocket' },
          reconnect: { kind: 'fixed', baseMs: 50, jitter: 'none' },
        },
      ],
      faults: [{ kind: 'server-crash', target: 'server-1', atMs: 5_000, forMs: 100 }],
    };
    const late = run({ ...sure, pattern: 'durable', ackWaitMs: 3_000 }, crash);
    const moved = recordsOf(late, 'cursor.moved').filter(({ committed }) => committed === 1);
    const offsets = moved.map(({ offset }) => Number(offset));
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
    expect(deliveries(late).lost).toBe(0);
  });
});

describe('one consumer for all', () => {
  it('hands each message to one server, and a dead one’s to the others', () => {
    const world = run({ ...sure, pattern: 'shared' });
    const handed = recordsOf(world, 'message.handed');
    expect(handed).toHaveLength(world.report().totals.published);
    expect(droppedFor(world, /another server of the shared consumer/)).toHaveLength(handed.length);
  });

  it('a work queue keeps what nobody has acknowledged, and has no room for a second consumer', () => {
    const queue = run({ ...sure, pattern: 'shared', retention: 'workqueue', deliverPolicy: 'all' });
    expect(recordsOf(queue, 'message.handed')).toHaveLength(queue.report().totals.published);
    const trimmed = recordsOf(queue, 'entry.trimmed').map(({ offset }) => Number(offset));
    expect(Math.max(...trimmed)).toBe(queue.report().totals.published + 1);
    const two = run({ ...sure, pattern: 'durable', retention: 'workqueue', deliverPolicy: 'all' });
    expect(deliveries(two).lost).toBe(two.report().totals.published);
    expect(new Set(droppedFor(two, /one consumer for all subjects/).map(({ server }) => server))).toEqual(
      new Set([1]),
    );
  });
});

describe('where a consumer begins, and how fast', () => {
  /** The server is born late, when there is something in the stream. */
  const late = (deliverPolicy: string, over: object = {}) => {
    const world = run(
      { ...sure, deliverPolicy, ...over },
      {
        servers: { count: 1 },
        clients: [{ name: 'group', rooms: ['doc-123'], transport: { kind: 'websocket' } }],
        faults: [{ kind: 'partition', between: ['server-1', 'nats'], atMs: 0, forMs: 6_000 }],
        durationMs: 10_000,
      },
    );
    return recordsOf(world, 'message.handed');
  };

  it('with all, with the last, with what is new, or at a sequence', () => {
    const published = 40;
    expect(late('all')).toHaveLength(published);
    // It was there from the beginning, though nobody heard of it.
    expect(late('by_start_time')).toHaveLength(published);
    expect(late('by_start_sequence', { optStartSeq: 11 })).toHaveLength(published - 10);
    const fresh = late('new').length;
    expect(fresh).toBeGreaterThan(5);
    expect(fresh).toBeLessThan(25);
    expect(late('last')).toHaveLength(fresh + 1);
  });

  it('at once, or at the pace at which it was stored', () => {
    const spread = (replayPolicy: string) => {
      const times = late('all', { replayPolicy }).map(({ atUs }) => atUs);
      return ((times[15] as number) - (times[0] as number)) / 1e6;
    };
    expect(spread('instant')).toBeLessThan(0.1);
    expect(spread('original')).toBeGreaterThan(2.9);
    expect(spread('original')).toBeLessThan(3.1);
    // What came meanwhile comes at its pace as well: a consumer that is late has never caught up before messages pause.
    const [beforeLast, last] = late('all', { replayPolicy: 'original' }).slice(-2);
    expect(Number(last?.atUs) - Number(beforeLast?.atUs)).toBeGreaterThan(190_000);
  });
});
