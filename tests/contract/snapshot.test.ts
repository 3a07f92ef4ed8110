import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/scenarios/run.ts';
import { storyOfDelivery } from '../../src/trace/story/delivery.ts';
import { cases } from '../effort.ts';
import { presetScenario, recordsOf, run, showsItsLesson } from './worlds.ts';

const RECONNECT = { kind: 'fixed', baseMs: 500, jitter: 'none' };
const TRANSPORTS = [
  { kind: 'polling', intervalMs: 500 },
  { kind: 'long-polling' },
  { kind: 'sse', retryMs: 500 },
  { kind: 'websocket', resume: true },
];

/** A reader that is away for longer than its server keeps messages. */
const away = (transport: object, snapshot: string, over: object = {}) =>
  run({
    version: 1,
    seed: 4,
    durationMs: 20_000,
    settleMs: 10_000,
    servers: { replayBuffer: { messages: 5 }, snapshot: { bytes: 3_000 } },
    publishers: [
      { name: 'editor', room: 'doc', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 100 } },
    ],
    clients: [{ name: 'reader', transport, reconnect: RECONNECT, repair: { snapshot } }],
    faults: [{ kind: 'client-disconnect', target: 'reader', atMs: 8_000, forMs: 4_000 }],
    ...over,
  });

const deliveriesOf = (of: Run) => of.report().totals.deliveries;

/** By the record: the newest number of a room that each server has in its state, or each client in its own. */
function versions(of: Run): { servers: number[][]; clients: number[][] } {
  const { header } = of.trace;
  const empty = (count = 0) => Array.from({ length: count }, () => (header?.rooms ?? []).map(() => 0));
  const found = { servers: empty(header?.servers.length), clients: empty(header?.clients.length) };
  const places = new Map<number, { room: number; version: number }>();
  const counts = (header?.rooms ?? []).map(() => 0);
  const raise = (rooms: number[] | undefined, room: number, version: number) => {
    if (rooms !== undefined) rooms[room] = Math.max(rooms[room] as number, version);
  };
  for (const record of of.trace.all()) {
    const at = (field: string) => Number(record[field]);
    const place = places.get(at('message')) ?? { room: 0, version: 0 };
    if (record.kind === 'message.published') {
      const room = at('room');
      places.set(at('message'), { room, version: ++(counts as [number])[room as 0] });
    } else if (record.kind === 'message.handed')
      raise(found.servers[at('server')], place.room, place.version);
    else if (record.kind === 'state.loaded') raise(found.servers[at('server')], at('room'), at('version'));
    else if (record.kind === 'message.delivered' || record.kind === 'message.deduplicated')
      raise(found.clients[at('client')], place.room, place.version);
    else if (record.kind === 'snapshot.applied')
      raise(found.clients[at('client')], at('room'), at('version'));
  }
  return found;
}

describe.each(TRANSPORTS)('%j', (transport) => {
  it('loses what nobody keeps any more, and with a snapshot does not', () => {
    expect(deliveriesOf(away(transport, 'off')).lost).toBeGreaterThan(25);
    const cured = away(transport, 'gap').report();
    const { deliveries, snapshots } = cured.groups.reader as NonNullable<(typeof cured.groups)[string]>;
    expect(deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    expect(deliveries.bySnapshot).toBeGreaterThan(25);
    expect(deliveries.latencyMs.count).toBe(deliveries.delivered);
    expect(snapshots).toEqual({ asked: 0, applied: 1, bytes: 3_000 });
  });

  it('sends no snapshot to a client that was away for less than the server keeps', () => {
    const servers = { replayBuffer: { messages: 1_000 } };
    const { groups, totals } = away(transport, 'gap', { servers }).report();
    expect(totals.deliveries).toMatchObject({ lost: 0, bySnapshot: 0 });
    expect(groups.reader?.snapshots.applied).toBe(0);
  });

  it('shows a server that has forgotten everything reading the state first', () => {
    const faults = [{ kind: 'server-crash', target: 'server-1', atMs: 8_000, forMs: 3_000 }];
    const lossy = { faults, servers: { replayBuffer: { messages: 0 } } };
    expect(deliveriesOf(away(transport, 'off', lossy)).lost).toBeGreaterThan(0);
    const cured = away(transport, 'gap', lossy);
    expect(deliveriesOf(cured)).toMatchObject({ lost: 0, duplicates: 0 });
    expect(recordsOf(cured, 'state.loaded').length).toBeGreaterThan(0);
  });

  it('takes CPU time and bytes for the state, and as many more as it grows', () => {
    const bytesOf = (bytes: number) =>
      away(transport, 'gap', { servers: { replayBuffer: { messages: 5 }, snapshot: { bytes } } }).report();
    const [small, large] = [bytesOf(1_000), bytesOf(41_000)];
    const more = large.totals.wire.bytes - small.totals.wire.bytes;
    expect(more).toBeGreaterThan(40_000);
    expect(more).toBeLessThan(40_000 * 1.12);
    expect(small.servers['server-1']).toMatchObject({ snapshots: 1, snapshotBytes: 1_000 });
  });
});

it('gives a socket without a memory the state with each connection', () => {
  const transport = { kind: 'websocket' };
  expect(deliveriesOf(away(transport, 'off')).lost).toBeGreaterThan(25);
  const cured = away(transport, 'connect').report();
  expect(cured.totals.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
  expect(cured.groups.reader?.snapshots.applied).toBe(2);
});

it('makes a state as large as what went into it', () => {
  const servers = { replayBuffer: { messages: 5 }, snapshot: { bytes: 100, bytesPerMessage: 50 } };
  const [taken] = recordsOf(away({ kind: 'sse', retryMs: 500 }, 'gap', { servers }), 'snapshot.taken');
  expect(taken?.bytes).toBe(100 + 50 * Number(taken?.version));
});

it('gives a snapshot of the room that has a gap only', () => {
  const publishers = [
    { name: 'busy', room: 'doc', arrivals: { kind: 'periodic', everyMs: 100 } },
    { name: 'calm', room: 'news', arrivals: { kind: 'periodic', everyMs: 3_000 } },
  ];
  const two = away({ kind: 'sse', retryMs: 500 }, 'gap', { publishers });
  expect(deliveriesOf(two)).toMatchObject({ lost: 0, duplicates: 0 });
  expect(recordsOf(two, 'snapshot.applied').map(({ room }) => room)).toEqual([0]);
});

describe('a server that misses messages (Redis Pub/Sub)', () => {
  const lossy = (repair: object, snapshot: object = {}) =>
    run({
      version: 1,
      seed: 3,
      durationMs: 15_000,
      settleMs: 5_000,
      servers: { count: 2, snapshot },
      backplane: { kind: 'redis-pubsub' },
      publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'periodic', everyMs: 200 } }],
      clients: [{ name: 'reader', count: 2, transport: { kind: 'websocket' }, repair }],
      // Redis forgets its subscriptions, and for two seconds more one server cannot subscribe again.
      faults: [
        { kind: 'partition', between: ['server-2', 'redis'], atMs: 6_000, forMs: 2_000 },
        { kind: 'broker-crash', target: 'redis', atMs: 6_050, forMs: 100 },
      ],
    });

  it('has its client notice the gap, and ask', () => {
    expect(deliveriesOf(lossy({ detectGaps: true })).lost).toBeGreaterThan(0);
    const cured = lossy({ detectGaps: true, snapshot: 'gap' });
    const { deliveries, snapshots } = cured.report().groups.reader ?? {};
    expect(deliveries).toMatchObject({ lost: 0, duplicates: 0 });
    expect(deliveries?.missed).toBe(deliveries?.recovered);
    expect(snapshots?.asked).toBeGreaterThan(0);
    expect(recordsOf(cured, 'state.loaded').every(({ from }) => from === 'the source')).toBe(true);
  });

  it('waits for late messages as long as it is told', () => {
    const patient = lossy({ detectGaps: true, snapshot: 'gap', snapshotAfterMs: 700 });
    const [[noticed], [asked]] = [recordsOf(patient, 'gap.noticed'), recordsOf(patient, 'snapshot.asked')];
    expect(Number(asked?.atUs) - Number(noticed?.atUs)).toBe(700_000);
  });
});

it('reads a state from a backplane that keeps messages, and at the source where they were trimmed', () => {
  const stream = (maxLen: number) =>
    run({
      version: 1,
      durationMs: 12_000,
      settleMs: 5_000,
      servers: { count: 2, replayBuffer: { messages: 0 }, snapshot: { loadFrom: 'backplane' } },
      backplane: { kind: 'redis-streams', maxLen, trim: 'exact' },
      publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'periodic', everyMs: 100 } }],
      clients: [
        { name: 'late', startMs: 8_000, transport: { kind: 'sse' }, repair: { snapshot: 'connect' } },
      ],
    });
  const from = (of: Run) => recordsOf(of, 'state.loaded').map((record) => record.from);
  expect(from(stream(10_000))).toEqual(['the backplane']);
  expect(from(stream(10))).toEqual(['the source']);
  // A newcomer is shown the room as it is, though nobody expects what was before it.
  expect(deliveriesOf(stream(10_000))).toMatchObject({ lost: 0, bySnapshot: 0 });
});

describe('away for longer than anybody keeps', () => {
  showsItsLesson('snapshot-gap');

  it('costs less than the replay of everything would, and more than nothing', () => {
    const scenario = presetScenario('snapshot-gap');
    const bytesOf = (servers: object) => {
      const { groups } = run({ ...scenario, servers: { ...scenario.servers, ...servers } }).report();
      return {
        lost: groups.replay?.deliveries.lost,
        ...groups.snapshot?.wire,
        replayed: groups.replay?.wire.bytes,
      };
    };
    const given = bytesOf({});
    const kept = bytesOf({ replayBuffer: { messages: 1_000 } });
    expect(kept.lost).toBe(0);
    expect((kept.replayed ?? 0) - (given.bytes ?? 0)).toBeGreaterThan(20_000);
  });

  it('tells the story of a message that a snapshot stood for', () => {
    const of = run(presetScenario('snapshot-gap'));
    const client = of.trace.header?.clients.findIndex(({ group }) => group === 'snapshot') ?? -1;
    const applied = recordsOf(of, 'snapshot.applied')[0];
    const delivered = recordsOf(of, 'message.delivered').find(({ cause }) => cause === applied?.seq);
    const story = storyOfDelivery(of.trace, Number(delivered?.message), client);
    const texts = story?.steps.map(({ text }) => text).join('; ');
    expect(texts).toContain('makes a snapshot: the state of doc-123 at version');
    expect(texts).toContain('writes snapshot');
    expect(texts).toContain('shows the state of doc-123');
    expect(story?.terms).toContain('snapshot');
    expect(story?.sentence).toContain('A snapshot stood for it');
    expect(story?.parts.some(({ kind }) => kind === 'unknown')).toBe(false);
  });
});

/** What may happen to a client, its server, and the one link between Redis and a server. */
const TROUBLES = fc.array(
  fc.record({
    kind: fc.constantFrom('client-disconnect', 'link-down', 'server-crash', 'client-sleep', 'partition'),
    atMs: fc.integer({ min: 1_000, max: 15_000 }),
    forMs: fc.integer({ min: 50, max: 6_000 }),
  }),
  { minLength: 1, maxLength: 4 },
);

describe.each([
  ['direct', {}, 1],
  ['redis-pubsub', {}, 2],
  ['redis-streams', {}, 2],
  ['kafka', {}, 2],
  ['nats', {}, 2],
] as const)('over %s, when everything is quiet', (kind, options, count) => {
  it('every client has its room’s newest version, once, and nothing of it counts as lost', () => {
    fc.assert(
      fc.property(
        TROUBLES,
        fc.constantFrom(...TRANSPORTS),
        fc.constantFrom(0, 3, 1_000),
        fc.constantFrom('gap', 'connect'),
        (troubles, transport, messages, snapshot) => {
          const faults = troubles
            .filter(({ kind: trouble }) => trouble !== 'partition' || kind === 'redis-pubsub')
            .map(({ kind: trouble, ...when }) =>
              trouble === 'partition'
                ? { kind: trouble, between: ['server-1', 'redis'], ...when }
                : { kind: trouble, target: trouble === 'server-crash' ? 'server-1' : 'reader', ...when },
            );
          const world = run({
            version: 1,
            seed: 9,
            durationMs: 30_000,
            settleMs: 30_000,
            servers: { count, replayBuffer: { messages } },
            backplane: { kind, ...options },
            publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'periodic', everyMs: 250 } }],
            clients: [
              {
                name: 'reader',
                count: 2,
                transport,
                reconnect: RECONNECT,
                repair: { snapshot, detectGaps: true, dropDuplicates: true },
              },
            ],
            faults,
          });
          const { deliveries, published } = world.report().totals;
          const { clients, servers } = versions(world);
          expect(deliveries.expected).toBe(deliveries.delivered + deliveries.lost);
          expect(deliveries.latencyMs.count).toBe(deliveries.delivered);
          expect(deliveries).toMatchObject({ lost: 0, duplicates: 0 });
          for (const [version] of clients) expect(version).toBe(published);
          // What stays in one process is not recorded as handed over.
          if (kind !== 'direct')
            expect(Math.max(...servers.map(([version]) => version as number))).toBe(published);
        },
      ),
      { numRuns: cases(12, 1) },
    );
  });
});
