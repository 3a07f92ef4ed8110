import { randomStream } from '../../../src/kernel/random.ts';
import type { ScenarioInput } from '../../../src/scenarios/validate.ts';
import { someOf } from '../../effort.ts';
import { compare, type Experiment, type Row, type Summary } from '../judge.ts';
import records from '../records/brokers.json' with { type: 'json' };
import again from '../records/brokers-again.json' with { type: 'json' };
import besides from '../records/brokers-besides.json' with { type: 'json' };
import { RIG_FAN_OUT_MS, sameKind, seedOf } from '../rig.ts';
import { latenciesMs, rig } from './broker-rig.ts';
import { start } from './world.ts';

type AllOf = (typeof records.records)[number];
/** What the three files of records have in common. */
type Rec = Pick<AllOf, 'conditions'> & {
  parameters: Pick<AllOf['parameters'], 'method' | 'rate_per_s' | 'published'>;
  metrics: { latency_ms: Summary };
};

/** Between the two rates: what was late has come. */
const BETWEEN_MS = 5_000;

type Backplane = NonNullable<ScenarioInput['backplane']>;

interface Method {
  backplane: Backplane;
  /** Of a message; {@link BYTES} unless said otherwise. */
  bytes?: number;
  /** Whether subscribers fetch messages at times of their own: then nobody waits for the others to be told. */
  fetched?: boolean;
}

const BYTES = 80;

/** What the rig called a method; those that this build has. */
const METHODS: Record<string, Method> = {
  redis_pubsub: { backplane: { kind: 'redis-pubsub' } },
  redis_xread_block: { backplane: { kind: 'redis-streams' } },
  nats_core: { backplane: { kind: 'nats' } },
  jetstream_ordered: { backplane: { kind: 'jetstream' } },
  jetstream_durable: { backplane: { kind: 'jetstream', pattern: 'durable' } },
  // The rig's rows are an id and a text, 90 bytes in an answer; those of here have a room and a time besides.
  postgres_poll: {
    backplane: { kind: 'database-polling', intervalMs: 100, schedule: 'after-answer' },
    bytes: 15,
    fetched: true,
  },
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

/** What the simulation makes of a slow record and of the fast one that followed it: latencies in ms, of each run. */
function simulated(
  slow: Rec,
  fast: Rec,
  { backplane, bytes = BYTES, fetched = false }: Method,
  runs: number,
): [number[][], number[][]] {
  const samples: [number[][], number[][]] = [[], []];
  for (let run = 0; run < runs; run++) {
    const seed = seedOf(nameOf(slow), run);
    const { timesMs, first } = publishing(slow, fast, seed);
    const publisher = {
      arrivals: { kind: 'at', timesMs },
      bytes,
      seconds: Math.ceil((timesMs.at(-1) as number) / 1000) + 1,
    };
    const world = start({ ...rig(slow.conditions, publisher), seed, backplane }, 'all');
    world.finish();
    // The rig's publisher and its brokers told the subscribers of all links of each message.
    const latencies = latenciesMs(world).map((ms) => ms + (fetched ? 0 : RIG_FAN_OUT_MS));
    samples[0].push(latencies.slice(0, first));
    samples[1].push(latencies.slice(first));
  }
  return samples;
}

const nameOf = ({ conditions, parameters }: Rec): string =>
  `${parameters.method} R ${conditions.rtt_ms} loss ${conditions.loss * 100} % ${parameters.rate_per_s}/s`;

/**
 * The rows of all that was measured with one method over links of one kind.
 * @param slow the records of the first rate @param fast those of the next, in the same order
 * @param nameOfRun of a record, and its place among those of its rate
 */
function latencyRows(
  slow: Rec[],
  fast: Rec[],
  runs: number,
  nameOfRun: (record: Rec, place: number) => string,
): Row[] {
  const method = METHODS[slow[0]?.parameters.method as string];
  if (method === undefined) return [];
  const samples = simulated(slow[0] as Rec, fast[0] as Rec, method, runs);
  return [slow, fast].flatMap((records, i) =>
    records.flatMap((record, place) =>
      compare(nameOfRun(record, place), record.metrics.latency_ms, samples[i] as number[][]),
    ),
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
    ).flatMap((slow) =>
      latencyRows([slow], [followerOf(slow) as Rec], Math.max(1, Math.round(8 * effort)), nameOf),
    ),
};

/**
 * The same, measured again with `tests/reality/measure`, six to nine runs of each condition: what a single run leaves to
 * luck. All of them have losses. Those at 40 and 300 ms, at 10 ms with 1 % and at 200 ms with 1 and 2 % were first seen when
 * the model was finished.
 */
export const brokersAgain: Experiment = {
  name: 'Hop 2: latency of brokers, measured again',
  kind: 'quantiles again',
  rows: (effort = 1) => severalRuns(again.records, effort, 0.02),
};

/** What no record is of: JetStream in two ways, and PostgreSQL asked every 100 ms. First seen when the models were finished. */
export const brokersBesides: Experiment = {
  name: 'Hop 2: latency of JetStream and of polling PostgreSQL',
  kind: 'quantiles again',
  rows: (effort = 1) => severalRuns(besides.records, effort, 0.03),
};

/** @param quick share of the conditions in a quick check */
function severalRuns(measured: readonly Rec[], effort: number, quick: number): Row[] {
  const linkAndMethod = ({ conditions, parameters }: Rec) =>
    `${parameters.method} ${conditions.rtt_ms} ${conditions.loss}`;
  return someOf(sameKind(measured, linkAndMethod), quick).flatMap((ofKind) => {
    const [slow, fast] = [5, 50].map((rate) =>
      ofKind.filter(({ parameters }) => parameters.rate_per_s === rate),
    ) as [Rec[], Rec[]];
    const runs = Math.max(3, Math.round(12 * effort));
    return latencyRows(slow, fast, runs, (record, place) => `${nameOf(record)}, run ${place + 1}`);
  });
}

/** The record of the same method over the same link at the next rate. */
function followerOf({ conditions, parameters }: Rec): Rec | undefined {
  return records.records.find(
    (other) =>
      other.conditions.seed === conditions.seed &&
      other.parameters.method === parameters.method &&
      other.parameters.rate_per_s > parameters.rate_per_s,
  );
}
