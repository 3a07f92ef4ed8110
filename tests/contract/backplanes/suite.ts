import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BACKPLANES } from '../../../src/backplanes/index.ts';
import { type BackplanePlugin, type Claim, claimOf } from '../../../src/engine/contract/backplane.ts';
import type { OptionSpec } from '../../../src/engine/contract/option-spec.ts';
import type { Report } from '../../../src/scenarios/report.ts';
import { createRun, type Run } from '../../../src/scenarios/run.ts';
import { problemsLine, type ScenarioInput, validate } from '../../../src/scenarios/validate.ts';
import type { Kind } from '../../../src/trace/kinds.ts';
import type { Keep } from '../../../src/trace/trace.ts';
import { cases, effort } from '../../effort.ts';

const SERVERS = 3;
/** Number of the publisher that is a client. */
const TYPING = 2;
/**
 * JetStream: what nobody acknowledges comes again half a minute later, and that may go wrong once more. Pub/Sub: the
 * library makes a call again after up to a minute when it has failed five times, and that may go wrong once more.
 */
const SETTLE_MS: Readonly<Record<string, number>> = { jetstream: 75_000, 'google-pubsub': 200_000 };
/** For machines that have other things to do. */
const PATIENCE_MS = 180_000;

/** A fleet whose clients all watch one room, which two sources and one of the clients write to. */
function scenario(kind: string, options: object, over: object = {}): object {
  return {
    version: 1,
    seed: 5,
    durationMs: 12_000,
    settleMs: SETTLE_MS[kind] ?? 30_000,
    servers: { count: SERVERS },
    backplane: { kind, ...options },
    publishers: [
      { name: 'editor', room: 'doc', startMs: 2_000, arrivals: { kind: 'poisson', perSecond: 8 }, bytes: 80 },
      { name: 'robot', room: 'doc', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 400 }, bytes: 60 },
      {
        name: 'typing',
        room: 'doc',
        startMs: 2_000,
        client: 'group/2',
        arrivals: { kind: 'periodic', everyMs: 700 },
      },
    ],
    clients: [
      {
        name: 'group',
        count: SERVERS,
        rooms: ['doc'],
        transport: { kind: 'websocket' },
        reconnect: { kind: 'fixed', baseMs: 500, jitter: 'none' },
      },
    ],
    ...over,
  };
}

function run(input: object, keep: Keep = 'all'): Run {
  const checked = validate(input as ScenarioInput);
  if (!checked.ok) throw new Error(problemsLine(checked.problems));
  const world = createRun(checked.plan, keep);
  world.advance(world.endUs);
  return world;
}

interface Story {
  publisher: number;
  atUs: number;
  /** For each server: when it was handed the message, each time; and whether a record says why it was not. */
  handed: number[][];
  dropped: boolean[];
}

const STORY: readonly Kind[] = ['message.published', 'message.handed', 'message.dropped'];

/** What became of each message at each server, as the trace tells it. */
function storiesOf({ trace }: Run): Map<number, Story> {
  const stories = new Map<number, Story>();
  for (const record of trace.all(STORY)) {
    const story = stories.get(Number(record.message)) as Story;
    if (record.kind === 'message.published') {
      const handed = Array.from({ length: SERVERS }, () => []);
      const dropped = Array<boolean>(SERVERS).fill(false);
      stories.set(Number(record.message), {
        publisher: Number(record.publisher),
        atUs: record.atUs,
        handed,
        dropped,
      });
    } else if (record.kind === 'message.handed') story.handed[Number(record.server)]?.push(record.atUs);
    else if (record.server === -1) story.dropped.fill(true);
    else story.dropped[Number(record.server)] = true;
  }
  return stories;
}

/** When each server began to watch for good: from then on it misses what it is not handed. Infinity: never, or it died. */
function watchingSince({ trace }: Run): number[] {
  const since = Array<number>(SERVERS).fill(Number.POSITIVE_INFINITY);
  for (const { server, watched, atUs } of trace.all(['room.watched']))
    since[Number(server)] = watched === 1 ? atUs : Number.POSITIVE_INFINITY;
  return since;
}

/** Servers that clients of a run came to: where a client goes may be the backplane's own business. */
function serversWithClients({ trace }: Run): number[] {
  const watching = [...trace.all(['room.watched'])].filter(({ watched }) => watched === 1);
  return [...new Set(watching.map(({ server }) => Number(server)))].sort();
}

/** Holds what happened against what is claimed. @param crashed servers that died on the way, which excuses them */
function holdsTo(claim: Claim, world: Run, crashed: ReadonlySet<number> = new Set()) {
  const stories = storiesOf(world);
  const watching = watchingSince(world);
  const isOnce = claim.delivery === 'at most once' || claim.delivery === 'effectively once';
  const isSafe = claim.delivery === 'at least once' || claim.delivery === 'effectively once';
  const broken: string[] = [];
  for (let server = 0; server < SERVERS; server++) {
    const last = new Map<number, number>();
    for (const [message, { publisher, atUs, handed, dropped }] of stories) {
      const times = handed[server] as number[];
      const isBroken = (how: string) => broken.push(`message ${message} at server ${server + 1} ${how}`);
      if (isOnce && times.length > 1) isBroken(`comes ${times.length} times`);
      if (crashed.has(server)) continue;
      if (times.length === 0 && atUs >= (watching[server] as number)) {
        if (!dropped[server]) isBroken('is missing, and no record says why');
        // What a client wrote may die with the server that was to publish it: nobody else had it yet.
        const diedAtSource = publisher === TYPING && crashed.size > 0 && dropped.every(Boolean);
        if (diedAtSource) continue;
        if (isSafe) isBroken('is lost');
      }
      const [first] = times;
      if (claim.ordered === 'none' || first === undefined) continue;
      if (first < (last.get(publisher) ?? 0)) isBroken('overtakes another of its source');
      last.set(publisher, first);
    }
  }
  expect(broken).toEqual([]);
  const { totals } = world.report();
  expect(totals.deliveries.expected).toBe(totals.deliveries.delivered + totals.deliveries.lost);
}

/** Files that the suite is spread over, so that they can run beside each other. */
export const SHARDS = 4;

/** The backplanes of a shard. @param shard 1 to {@link SHARDS} */
export const shardOf = (shard: number): BackplanePlugin[] =>
  Object.values(BACKPLANES).filter((_, index) => index % SHARDS === shard - 1);

/** Declares the suite for the backplanes of a shard. */
export function testShard(shard: number): void {
  describe.each(shardOf(shard))('$manifest.kind', testBackplane);
}

function testBackplane({ manifest }: BackplanePlugin): void {
  const { kind } = manifest;
  const linked = manifest.links.length > 0;
  const defaults = Object.fromEntries(
    Object.entries(manifest.options).map(([name, spec]) => [name, spec.default]),
  );
  const nodes = manifest.nodes(defaults).map(({ name }) => name);
  const servers = Array.from({ length: SERVERS }, (_, server) => `server-${server + 1}`);

  const briefMs = effort(4_000, 2_000);
  const brief = (options: object) =>
    run(scenario(kind, options, { durationMs: briefMs, settleMs: briefMs }), 'fingerprint').report();
  let usualReport: Report | undefined;
  const usual = () => {
    usualReport ??= brief({});
    return usualReport;
  };

  it('says what it promises with any of its options, and a last claim holds for all', () => {
    expect(manifest.guarantees.at(-1)?.when).toBeUndefined();
    for (const { when = {} } of manifest.guarantees)
      for (const option of Object.keys(when)) expect(Object.keys(manifest.options)).toContain(option);
    expect(manifest.sources.length > 0 || !linked).toBe(true);
  });

  it('runs the same way twice, traced or not, and another way with another seed', () => {
    const lossy = { network: { datacenter: { rttMs: 2, lossPct: 3 } }, settleMs: 5_000 };
    const [once, again] = [run(scenario(kind, {}, lossy)), run(scenario(kind, {}, lossy), 'fingerprint')];
    expect(again.report()).toEqual(once.report());
    const other = run(scenario(kind, {}, { ...lossy, seed: 6 }), 'fingerprint');
    expect(other.report().engine.fingerprint).not.toBe(once.report().engine.fingerprint);
  });

  it.each(
    Object.entries(manifest.options).flatMap(([name, spec]): [string, unknown][] =>
      valuesOf(spec).map((value) => [name, value]),
    ),
  )('keeps its books with %s = %s', (name, value) => {
    // A default given is a default left: all of them are one run.
    const { backplane, totals } = value === defaults[name] ? usual() : brief({ [name]: value });
    expect(backplane.published).toBeLessThanOrEqual(totals.published);
    expect(totals.deliveries.expected).toBe(totals.deliveries.delivered + totals.deliveries.lost);
  });

  if (!linked) return;

  it('brings everything to every server that watches, once and in order, while nothing goes wrong', () => {
    const world = run(scenario(kind, {}));
    holdsTo({ delivery: 'effectively once', ordered: 'room', replay: false }, world);
    const { totals, backplane } = world.report();
    expect(totals.deliveries).toMatchObject({ lost: 0, duplicates: 0 });
    expect(totals.published).toBeGreaterThan(100);
    const watching = serversWithClients(world);
    expect(watching.length).toBeGreaterThan(1);
    expect(backplane.handed).toBe(watching.length * totals.published);
  });

  it('brings nothing to a server whose clients do not watch', () => {
    const rooms = { clients: [{ name: 'group', rooms: ['doc'], transport: { kind: 'websocket' } }] };
    const { publishers } = scenario(kind, {}) as { publishers: object[] };
    const world = run(scenario(kind, {}, { ...rooms, publishers: publishers.slice(0, 2) }));
    const stories = [...storiesOf(world).values()];
    const [its = -1, ...others] = serversWithClients(world);
    expect(others).toEqual([]);
    for (const { handed } of stories)
      expect(handed.map((times) => times.length)).toEqual(
        [0, 1, 2].map((server) => (server === its ? 1 : 0)),
      );
  });

  it('takes a client’s message to everybody, itself included or not', () => {
    for (const echo of [true, false]) {
      const publishers = [
        {
          name: 'typing',
          room: 'doc',
          startMs: 2_000,
          client: 'group/2',
          echo,
          arrivals: { kind: 'periodic', everyMs: 700 },
        },
      ];
      const world = run(scenario(kind, {}, { publishers }), 'fingerprint');
      const { totals } = world.report();
      expect(totals.deliveries).toMatchObject({ lost: 0, expected: totals.published * (echo ? 3 : 2) });
    }
  });

  it.each(manifest.guarantees.map(({ when = {} }) => ({ when, options: { ...defaults, ...when } })))(
    'keeps what it promises whatever happens in the datacenter, with $when',
    ({ options }) => {
      const atMs = fc.integer({ min: 0, max: 11_000 });
      const forMs = fc.integer({ min: 1, max: 4_000 });
      const node = fc.constantFrom(...nodes);
      const server = fc.constantFrom(...servers);
      const end = fc.constantFrom(...servers, 'editor', 'robot');
      const fault = fc.oneof(
        fc.record({ kind: fc.constantFrom('broker-crash', 'broker-pause'), atMs, forMs, target: node }),
        fc.record({ kind: fc.constantFrom('server-crash', 'server-pause'), atMs, forMs, target: server }),
        fc.record({
          kind: fc.constant('partition'),
          atMs,
          forMs,
          between: fc.tuple(end, node),
          direction: fc.constantFrom('both', 'forth', 'back'),
        }),
        fc.record({
          kind: fc.constant('link-change'),
          atMs,
          forMs,
          target: node,
          set: fc.record({
            lossPct: fc.integer({ min: 0, max: 40 }),
            rttMs: fc.integer({ min: 0, max: 80 }),
          }),
        }),
      );
      fc.assert(
        fc.property(fc.array(fault, { minLength: 1, maxLength: 5 }), fc.nat(1000), (faults, seed) => {
          const world = run(scenario(kind, options, { faults, seed }));
          const crashed = faults.flatMap((each) =>
            each.kind === 'server-crash' ? [servers.indexOf(each.target)] : [],
          );
          holdsTo(claimOf(manifest, options), world, new Set(crashed));
        }),
        { numRuns: cases(25, 1), seed: 9 },
      );
    },
    PATIENCE_MS,
  );

  it('survives the loss of a node: what is published afterwards reaches everybody', () => {
    const faults = nodes.map((target) => ({ kind: 'broker-crash', target, atMs: 5_000, forMs: 2_000 }));
    const world = run(scenario(kind, {}, { faults }));
    const late = [...storiesOf(world).values()].filter(({ atUs }) => atUs > 10_000_000);
    expect(late.length).toBeGreaterThan(10);
    for (const { handed } of late)
      for (const server of serversWithClients(world)) expect(handed[server]).toHaveLength(1);
  });
}

/** Values of an option at its bounds. */
function valuesOf(spec: OptionSpec): unknown[] {
  if (spec.type === 'choice') return [...spec.values];
  return spec.type === 'flag' ? [true, false] : [spec.min, spec.max];
}
