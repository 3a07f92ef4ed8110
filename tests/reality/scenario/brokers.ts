import { randomStream } from '../../../src/kernel/random.ts';
import type { ScenarioInput } from '../../../src/scenarios/validate.ts';
import { someOf } from '../../effort.ts';
import { compare, compareSingle, type Experiment, type Row } from '../judge.ts';
import faultRecords from '../records/broker-faults.json' with { type: 'json' };
import records from '../records/brokers.json' with { type: 'json' };
import { RIG_FAN_OUT_MS, RIG_MS, seedOf } from '../rig.ts';
import { type Run, recordsOf, start } from './world.ts';

type Rec = (typeof records.records)[number];
type FaultRec = (typeof faultRecords.records)[number];

/** Connected, subscribed and idle before anything is published, ms. */
const WARM_MS = 5_000;
const SETTLE_MS = 20_000;
/** Between the two rates: what was late has come. */
const BETWEEN_MS = 5_000;

/** The rig: a publisher beside the broker, and a subscriber across the link. Here the subscriber is the server. */
function rig(
  conditions: { rtt_ms: number; loss: number },
  publisher: { arrivals: object; bytes: number; seconds: number },
  over: object = {},
): ScenarioInput {
  const { faults = [], ...rest } = over as { faults?: object[] };
  return {
    version: 1,
    durationMs: WARM_MS + publisher.seconds * 1000,
    settleMs: SETTLE_MS,
    network: {
      access: { rttMs: 0 },
      datacenter: {
        rttMs: conditions.rtt_ms + RIG_MS,
        lossPct: conditions.loss * 100,
        // The emulator's own lateness. BBR takes a round trip for the least only if it is no longer than any before.
        jitterMs: 0.1,
        jitterDistribution: 'normal',
      },
      tcp: { congestionControl: 'bbr' },
      dns: { lookupMs: 0 },
    },
    edge: { tls: 'none' },
    publishers: [
      {
        name: 'source',
        room: 'ch',
        startMs: WARM_MS,
        arrivals: publisher.arrivals,
        bytes: publisher.bytes,
      },
    ],
    // Somebody has to watch for the server to subscribe.
    clients: [
      {
        name: 'reader',
        transport: { kind: 'websocket' },
        reconnect: { kind: 'fixed', baseMs: 10, jitter: 'none' },
      },
    ],
    faults: [{ kind: 'link-change', atMs: 0, target: 'source', set: { rttMs: 0, lossPct: 0 } }, ...faults],
    ...rest,
  } as object as ScenarioInput;
}

/** From a message's acceptance to the server's application having it, ms, in order of arrival. */
function latenciesMs(run: Run): number[] {
  const published = new Map<unknown, number>();
  for (const { message, atUs } of recordsOf(run.trace, 'message.published')) published.set(message, atUs);
  return [...recordsOf(run.trace, 'message.handed')].map(
    ({ message, atUs }) => (atUs - (published.get(message) as number)) / 1000,
  );
}

/** What the rig called a method, as a backplane; those that this build has. */
const METHODS: Record<string, string> = {
  redis_pubsub: 'redis-pubsub',
  redis_xread_block: 'redis-streams',
  nats_core: 'nats',
};

/**
 * The rig published slowly first, and then fast over the same connections: no handshake is in the bytes of either, and in
 * those of the fast ones is the PING that NATS sends two minutes after connecting. So the fast ones are sent by a TCP
 * that knows its path: its probes of single messages were superfluous at times, which passes for reordering.
 */
function publishing(slow: Rec, fast: Rec, seed: number): { timesMs: number[]; first: number } {
  const random = randomStream(seed, 'publishing');
  const timesMs: number[] = [];
  let atMs = 0;
  for (const { parameters } of [slow, fast]) {
    for (let i = 0; i < parameters.published; i++) {
      atMs += (random.exponential() * 1000) / parameters.rate_per_s;
      timesMs.push(atMs);
    }
    atMs += BETWEEN_MS;
  }
  return { timesMs, first: slow.parameters.published };
}

/** The rows of a slow record and of the fast one that followed it. */
function latencyRows(slow: Rec, fast: Rec, kind: string, runs: number): Row[] {
  const samples: [number[][], number[][]] = [[], []];
  const nameOf = ({ conditions, parameters }: Rec) =>
    `${parameters.method} R ${conditions.rtt_ms} loss ${conditions.loss * 100} % ${parameters.rate_per_s}/s`;
  for (let run = 0; run < runs; run++) {
    const seed = seedOf(nameOf(slow), run);
    const { timesMs, first } = publishing(slow, fast, seed);
    const publisher = {
      arrivals: { kind: 'at', timesMs },
      bytes: 80,
      seconds: Math.ceil((timesMs.at(-1) as number) / 1000) + 1,
    };
    const world = start({ ...rig(slow.conditions, publisher), seed, backplane: { kind } }, 'all');
    world.finish();
    // The rig's publisher and its brokers told the subscribers of all links of each message.
    const latencies = latenciesMs(world).map((ms) => ms + RIG_FAN_OUT_MS);
    samples[0].push(latencies.slice(0, first));
    samples[1].push(latencies.slice(first));
  }
  return [slow, fast].flatMap((record, i) =>
    compare(nameOf(record), record.metrics.latency_ms, samples[i] as number[][]),
  );
}

/** Latency across hop 2 against real brokers. */
export const brokerLatency: Experiment = {
  name: 'Hop 2: latency of brokers',
  kind: 'quantiles',
  rows: (effort = 1) =>
    someOf(
      records.records.filter((record) => followerOf(record) !== undefined),
      0.25,
    ).flatMap((slow) => {
      const kind = METHODS[slow.parameters.method];
      const fast = followerOf(slow);
      return kind === undefined || fast === undefined
        ? []
        : latencyRows(slow, fast, kind, Math.max(1, Math.round(8 * effort)));
    }),
};

/** The record of the same method over the same link at the next rate. */
function followerOf({ conditions, parameters }: Rec): Rec | undefined {
  return records.records.find(
    (other) =>
      other.conditions.seed === conditions.seed &&
      other.parameters.method === parameters.method &&
      other.parameters.rate_per_s > parameters.rate_per_s,
  );
}

const faultRecord = (scenario: RegExp): FaultRec =>
  faultRecords.records.find(({ parameters }) => scenario.test(parameters.scenario)) as FaultRec;

/** The subscriber stops reading before anything is published: when is it cut off, and with how much published? */
function slowSubscriber(record: FaultRec, limits: object, name: string, clockMs: number): Row[] {
  const { message_bytes: bytes, rate_per_s: perSecond } = record.parameters as {
    message_bytes: number;
    rate_per_s: number;
  };
  const publisher = { arrivals: { kind: 'periodic', everyMs: 1000 / perSecond }, bytes, seconds: 20 };
  const over = {
    backplane: { kind: 'redis-pubsub', ...limits },
    faults: [{ kind: 'server-pause', atMs: WARM_MS - 1_000 }],
  };
  const run = start(rig(record.conditions, publisher, over), 'all');
  run.finish();
  const cutUs =
    [...recordsOf(run.trace, 'message.dropped')].find(({ reason }) => reason === 'output buffer limit')
      ?.atUs ?? Number.NaN;
  const { killed_after_s: measured } = record.metrics as { killed_after_s: number };
  return [compareSingle(name, 'cut off after, ms', measured * 1000, cutUs / 1000 - WARM_MS, clockMs)];
}

/** The same with NATS: 2 MB/s, in messages of a size that the record does not tell. */
function slowConsumer(record: FaultRec): Row[] {
  const publisher = { arrivals: { kind: 'periodic', everyMs: 5 }, bytes: 10_000, seconds: 12 };
  const over = {
    backplane: { kind: 'nats' },
    faults: [{ kind: 'server-pause', atMs: WARM_MS - 1_000 }],
  };
  const run = start(rig(record.conditions, publisher, over), 'all');
  run.finish();
  const cutUs =
    [...recordsOf(run.trace, 'message.dropped')].find(({ reason }) =>
      String(reason).includes('write deadline'),
    )?.atUs ?? Number.NaN;
  const { nats_first_publish_to_slow_log: measured } = record.metrics as {
    nats_first_publish_to_slow_log: number;
  };
  return [
    compareSingle(
      'nats_core write deadline 10 s',
      'cut off after, ms',
      measured * 1000,
      cutUs / 1000 - WARM_MS,
    ),
  ];
}

/** The subscriber is gone for 5 s; or the link is, and TCP is kept. */
function absence(record: FaultRec, backplane: object, fault: object): Run {
  const { published } = record.metrics as { published: number };
  const { rate_per_s: perSecond } = record.parameters as { rate_per_s: number };
  const publisher = {
    arrivals: { kind: 'periodic', everyMs: 1000 / perSecond },
    bytes: 80,
    seconds: published / perSecond,
  };
  const run = start(rig(record.conditions, publisher, { backplane, faults: [fault] }), 'all');
  run.finish();
  return run;
}

/** What nobody handed to the subscriber. The rig timed its five seconds by hand: a tenth of a second is two messages. */
function missing(run: Run, measured: number, name: string): Row {
  const { published, backplane } = run.world.facts();
  return compareSingle(name, 'messages missing', measured, published - backplane.handed, 3);
}

/** What a reader of a stream had to wait for what came meanwhile: nothing is missing, and the longest wait. */
function lateRows(record: FaultRec, run: Run, name: string): Row[] {
  const { stream_missing: lost, stream_latency: late } = record.metrics as {
    stream_missing: number;
    stream_latency: { max: number; mean: number };
  };
  const waits = latenciesMs(run);
  const mean = waits.reduce((sum, ms) => sum + ms, 0) / waits.length;
  return [
    missing(run, lost, name),
    compareSingle(name, 'longest wait, ms', late.max, Math.max(...waits)),
    compareSingle(name, 'mean, ms', late.mean, mean),
  ];
}

/** Second granularity of the clock that Redis measures the soft limit with. */
const REDIS_CLOCK_MS = 1_000;

/** What real brokers did to slow and absent subscribers. */
export const brokerFaults: Experiment = {
  name: 'Hop 2: slow and absent subscribers',
  kind: 'single',
  rows() {
    const [away, dead] = [/^client disconnects for 5 s/, /^link dead for 5 s/].map(faultRecord) as [
      FaultRec,
      FaultRec,
    ];
    const crash = { kind: 'server-crash', atMs: WARM_MS + 10_000, forMs: 5_000 };
    const cutFrom = (node: string) => ({
      kind: 'partition',
      between: ['server-1', node],
      atMs: WARM_MS + 10_000,
      forMs: 5_000,
    });
    const cut = cutFrom('redis');
    // The rig's reader closed its connection for five seconds. Here it notices at once that its link is dead.
    const wary = { socketTimeoutMs: 100, connectTimeoutMs: 100, retryMaxMs: 50, maxRetries: null };
    const kept = { kind: 'redis-streams', blockMs: 0 };
    const pubsub = { kind: 'redis-pubsub' };
    const [gone, off] = ['redis_pubsub subscriber away for 5 s', 'redis_pubsub link dead for 5 s'];
    const nats = { kind: 'nats' };
    const missed = ({ metrics }: FaultRec, of: 'pubsub_missing' | 'nats_missing') =>
      (metrics as Record<typeof of, number>)[of];
    return [
      ...slowSubscriber(faultRecord(/32mb 8mb 60/), {}, 'redis_pubsub hard limit 32mb', 6),
      ...slowSubscriber(
        faultRecord(/32mb 1mb 10/),
        { softLimitBytes: 1_048_576, softLimitMs: 10_000 },
        'redis_pubsub soft limit 1mb 10',
        REDIS_CLOCK_MS,
      ),
      missing(absence(away, pubsub, crash), missed(away, 'pubsub_missing'), gone),
      missing(absence(dead, pubsub, cut), missed(dead, 'pubsub_missing'), off),
      ...slowConsumer(faultRecord(/^NATS subscriber stops reading/)),
      missing(absence(away, nats, crash), missed(away, 'nats_missing'), 'nats_core subscriber away for 5 s'),
      missing(
        absence(dead, nats, cutFrom('nats')),
        missed(dead, 'nats_missing'),
        'nats_core link dead for 5 s',
      ),
      ...lateRows(away, absence(away, { ...kept, ...wary }, cut), 'redis_xread_block reader away for 5 s'),
      ...lateRows(dead, absence(dead, kept, cut), 'redis_xread_block link dead for 5 s'),
    ];
  },
};
