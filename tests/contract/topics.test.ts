import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BACKPLANES } from '../../src/backplanes/index.ts';
import { storyOfDelivery } from '../../src/trace/story/delivery.ts';
import { cases } from '../effort.ts';
import { presetScenario, recordsOf, run, showsItsLesson } from './worlds.ts';

const RECONNECT = { kind: 'fixed', baseMs: 300, jitter: 'none' };
const TRANSPORTS = [
  { kind: 'polling', intervalMs: 300 },
  { kind: 'long-polling' },
  { kind: 'sse', retryMs: 300 },
  { kind: 'sse', retryMs: 300, perRoom: true },
  { kind: 'websocket', resume: true },
];
const DESIGNS = [{ kind: 'room' }, { kind: 'user' }, { kind: 'cache' }, { kind: 'cache', readEveryMs: 400 }];

/** Two rooms with some in both, on two servers; `board` is published to after everybody is ready. */
const load = (topics: object, over: object = {}) =>
  run({
    version: 1,
    seed: 5,
    durationMs: 10_000,
    settleMs: 20_000,
    servers: { count: 2 },
    backplane: { kind: 'redis-pubsub' },
    topics,
    publishers: [
      { name: 'board', room: 'board', startMs: 4_000, arrivals: { kind: 'periodic', everyMs: 200 } },
      { name: 'news', room: 'news', startMs: 4_050, arrivals: { kind: 'periodic', everyMs: 500 } },
    ],
    clients: [
      { name: 'fan', count: 3, rooms: ['board'], transport: { kind: 'websocket' } },
      { name: 'all', count: 2, rooms: ['board', 'news'], transport: { kind: 'websocket' } },
    ],
    ...over,
  });
/** Updates of the load, and the members of their rooms. */
const BOARD = { updates: 30, members: 5 };
const NEWS = { updates: 12, members: 2 };

for (const name of ['topics-room', 'topics-user', 'topics-cache']) describe(name, () => showsItsLesson(name));

it('counts by closed forms: one publish for a room, one for each of its members, one signal', () => {
  const factsOf = (topics: object) => load(topics).report().topics;
  const updates = BOARD.updates + NEWS.updates;
  // Both servers have somebody in either room.
  expect(factsOf({ kind: 'room' })).toEqual({ topics: 2, subscriptions: 4, publishes: updates, reads: 0 });
  expect(factsOf({ kind: 'user' })).toEqual({
    topics: 5,
    subscriptions: 5,
    publishes: BOARD.updates * BOARD.members + NEWS.updates * NEWS.members,
    reads: 0,
  });
  const cached = factsOf({ kind: 'cache' });
  expect(cached).toMatchObject({ topics: 2, subscriptions: 4, publishes: updates });
  expect(cached.reads).toBe(2 * updates);
});

it('answers several signals with one read', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2_000 }),
      fc.integer({ min: 0, max: 300 }),
      (readEveryMs, readMs) => {
        const of = load({ kind: 'cache', readEveryMs, readMs });
        const { topics, totals } = of.report();
        expect(topics.reads).toBeLessThanOrEqual(2 * totals.published);
        // At most one begins in each stretch of that length, at each server, for each room.
        const longest = Math.max(readEveryMs, readMs, 1);
        expect(topics.reads).toBeLessThanOrEqual(2 * 2 * (Math.ceil(8_000 / longest) + 1));
        expect(topics.reads).toBe(recordsOf(of, 'cache.read').length);
        expect(totals.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
      },
    ),
    { numRuns: cases(15, 1) },
  );
});

it('leaves what a signal did not tell to the next read', () => {
  // Redis forgets its subscriptions, and for two seconds more one server cannot subscribe again.
  const faults = [
    { kind: 'partition', between: ['server-2', 'redis'], atMs: 6_000, forMs: 2_000 },
    { kind: 'broker-crash', target: 'redis', atMs: 6_050, forMs: 100 },
  ];
  expect(load({ kind: 'room' }, { faults }).report().totals.deliveries.lost).toBeGreaterThan(0);
  const { deliveries } = load({ kind: 'cache' }, { faults }).report().totals;
  expect(deliveries).toMatchObject({ lost: 0, duplicates: 0 });
});

describe.each(Object.keys(BACKPLANES))('over %s', (kind) => {
  it.each(DESIGNS)('%j brings everything once', (topics) => {
    const of = load(topics, { backplane: { kind }, ...(kind === 'direct' ? { servers: { count: 1 } } : {}) });
    const { totals } = of.report();
    expect(totals.deliveries.expected).toBe(BOARD.updates * BOARD.members + NEWS.updates * NEWS.members);
    expect(totals.deliveries).toMatchObject({ lost: 0, duplicates: 0 });
  });
});

describe.each(DESIGNS)('%j', (topics) => {
  it.each(TRANSPORTS)('and %j come back without a loss or a duplicate', (transport) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3_000, max: 9_000 }),
        fc.integer({ min: 20, max: 4_000 }),
        fc.constantFrom('client-disconnect', 'link-down', 'network-switch'),
        (atMs, forMs, kind) => {
          const clients = [
            { name: 'fan', count: 3, rooms: ['board'], transport, reconnect: RECONNECT },
            { name: 'all', count: 2, rooms: ['board', 'news'], transport, reconnect: RECONNECT },
          ];
          const faults = ['fan', 'all'].map((target) => ({
            kind,
            target,
            atMs,
            ...(kind === 'network-switch' ? {} : { forMs }),
          }));
          const { deliveries } = load(topics, { clients, faults }).report().totals;
          expect(deliveries).toMatchObject({ lost: 0, duplicates: 0 });
        },
      ),
      { numRuns: cases(6, 1) },
    );
  });

  it('works with snapshots', () => {
    const clients = [
      { name: 'fan', count: 3, rooms: ['board'], transport: { kind: 'sse' }, repair: { snapshot: 'gap' } },
      { name: 'all', count: 2, transport: { kind: 'sse' }, repair: { snapshot: 'connect' } },
    ];
    const faults = ['fan', 'all'].map((target) => ({
      kind: 'client-disconnect',
      target,
      atMs: 5_000,
      forMs: 4_000,
    }));
    const of = load(topics, { clients, faults, servers: { count: 2, replayBuffer: { messages: 2 } } });
    const { deliveries } = of.report().totals;
    expect(deliveries).toMatchObject({ lost: 0, duplicates: 0 });
    expect(deliveries.bySnapshot).toBeGreaterThan(0);
  });
});

it('does not copy a message to the client that wrote it, where that is not sent it', () => {
  const publishers = [
    {
      name: 'chat',
      room: 'board',
      client: 'fan',
      echo: false,
      startMs: 4_000,
      arrivals: { kind: 'periodic', everyMs: 500 },
    },
  ];
  const { topics, totals } = load({ kind: 'user' }, { publishers }).report();
  expect(topics.publishes).toBe(totals.published * (BOARD.members - 1));
  expect(totals.deliveries).toMatchObject({ lost: 0, duplicates: 0 });
});

it('tells in a story what topics had to do with it', () => {
  const textsOf = (preset: string) => {
    const of = run(presetScenario(preset));
    return storyOfDelivery(of.trace, 40, 3)
      ?.steps.map(({ text }) => text)
      .join('; ');
  };
  expect(textsOf('topics-user')).toContain('published 20 times, to the topic of each member of its room');
  expect(textsOf('topics-cache')).toContain('has read the entry');
});
