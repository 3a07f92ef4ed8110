import { compareSingle, type Experiment, type Row } from '../judge.ts';
import faultRecords from '../records/broker-faults.json' with { type: 'json' };
import { latenciesMs, rig, WARM_MS } from './broker-rig.ts';
import { type Run, recordsOf, start } from './world.ts';

type FaultRec = (typeof faultRecords.records)[number];

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
