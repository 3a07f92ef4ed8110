import type { GroupInput } from '../../../src/scenarios/schema/scenario.ts';
import type { ScenarioInput } from '../../../src/scenarios/validate.ts';
import { cases, someOf } from '../../effort.ts';
import { compare, type Experiment, mean, type Row, type Summary } from '../judge.ts';
import records from '../records/update-latency.json' with { type: 'json' };
import again from '../records/update-latency-again.json' with { type: 'json' };
import { RIG_HEADER_BYTES, rigEvents, sameKind, seedOf } from '../rig.ts';
import { updateLatencyCauses } from './causes.ts';
import { clockOf, modulo } from './clock.ts';
import { rigNetwork, start } from './world.ts';

type Counted = (typeof records.records)[number];
/** What the two files of records have in common. */
type Rec = Pick<Counted, 'conditions'> & {
  parameters: Pick<Counted['parameters'], 'method' | 'rate_per_s' | 'secs'>;
  metrics: { latency_ms: Summary };
};

/** Clients settle before anything is published, ms. */
const WARM_MS = 8_000;
const SETTLE_MS = 10_000;
/**
 * The rig counted packets while it published, and requests as long as its clients were at work, which was longer (357.5
 * polls of 500 ms): a timer goes on asking in that time, a held request waits. Some of it before, some after, ms.
 */
const AT_WORK_MS = 178_750;
const AT_WORK_BEFORE_MS = 4_000;

/**
 * The rig's one server wrote each event 80 times, for 20 links: how many writes had gone before, on average, when a
 * reader's own turn came. The records without loss show the order: answers to held requests, sockets, streams.
 */
const RIG_PLACE: Record<string, number> = { 'long-polling': 20, websocket: 50, sse: 70 };
/** `servers.cpu.perMessageMs`, as it is unless given. */
const WRITE_MS = 0.04;

/** What the rig called a method, as a transport. */
export function transportOf(method: string): GroupInput['transport'] {
  const [kind, ...rest] = method.split('_') as [string, ...string[]];
  const keepAlive = rest.at(-1) === 'ka';
  if (kind === 'ws') return { kind: 'websocket' };
  if (kind === 'sse') return { kind: 'sse' };
  if (kind === 'longpoll') return { kind: 'long-polling', keepAlive };
  const schedule = kind === 'pollafter' ? 'after-response' : 'fixed-rate';
  return { kind: 'polling', intervalMs: Number(rest[0]), schedule, keepAlive };
}

/** CPU time for one write, such that readers here wait for theirs as long as those of the rig did. */
function writeMs(group: readonly Rec[]): number {
  const places = group.map(({ parameters }) => RIG_PLACE[transportOf(parameters.method).kind] ?? 0);
  const waiting = places.filter((place) => place > 0);
  if (waiting.length === 0) return WRITE_MS;
  // With several, the mean of their turns.
  return (mean(waiting) * WRITE_MS * 2) / (waiting.length + 1);
}

/** Readers on one link, each with its record's method, or one with a link of its own. */
function scenarioOf(group: readonly Rec[], startsMs: readonly number[], seed: number): ScenarioInput {
  const { conditions, parameters } = group[0] as Rec;
  const network = rigNetwork(conditions);
  // All clients share the link between edge and servers.
  const shared = { ...network, access: { rttMs: 0 }, datacenter: { ...network.access } };
  return {
    version: 1,
    seed,
    durationMs: WARM_MS + parameters.secs * 1000,
    settleMs: SETTLE_MS,
    network: group.length > 1 ? shared : network,
    edge: { tls: 'none', ...(group.length > 1 ? { requestHeaderBytes: RIG_HEADER_BYTES } : {}) },
    servers: { cpu: { perMessageMs: writeMs(group) } },
    publishers: [
      {
        name: 'source',
        room: 'room',
        startMs: WARM_MS,
        arrivals: { kind: 'at', timesMs: rigEvents(parameters.rate_per_s, parameters.secs) },
        bytes: 80,
      },
    ],
    clients: group.map((record, index) => ({
      name: `reader-${index}`,
      startMs: startsMs[index] as number,
      transport: transportOf(record.parameters.method),
    })),
  };
}

/**
 * The rig's methods shared one link. Where nothing makes packets wait that does not matter; where the link has a rate
 * it does, so those records are replayed together.
 */
function groups(): Counted[][] {
  const apart = records.records.filter(({ conditions }) => conditions.rate_bps === 0);
  const together = new Map<string, Counted[]>();
  for (const record of records.records) {
    if (record.conditions.rate_bps === 0) continue;
    const key = JSON.stringify(record.conditions);
    together.set(key, [...(together.get(key) ?? []), record]);
  }
  return [...apart.map((record) => [record]), ...together.values()];
}

export interface Sample {
  /** Of each run. */
  latenciesMs: number[][];
  /** Per second. */
  requests: number;
  packets: number;
  duplicates: number;
  lost: number;
}

/**
 * When clients of several runs start, ms. A record does not tell at which moments its timer fired, and with 313 events
 * that alone moves a median by a twentieth; so for a timer at a fixed rate the moment is read off those quantiles of
 * the record that are *not* judged. Other methods have no such moment: their runs start at several, and are pooled.
 */
function startsOf(record: Counted, runs: number): number[] {
  const transport = transportOf(record.parameters.method);
  const { rtt_ms: rttMs, loss } = record.conditions;
  const several = severalStarts(runs);
  if (transport.kind !== 'polling' || transport.schedule !== 'fixed-rate') return several;
  const intervalMs = transport.intervalMs as number;
  const askedAfterMs = transport.keepAlive ? rttMs / 2 : 1.5 * rttMs;
  // Ticks that find the last request open are skipped.
  const periodMs = intervalMs * Math.ceil((askedAfterMs + rttMs / 2) / intervalMs);
  // The start is the first tick; publishing begins WARM_MS later.
  const startAt = (asked: number) => modulo(WARM_MS + asked - askedAfterMs, periodMs);
  const clock = clockOf(record, periodMs);
  let phase = clock.phase();
  // Losses make the quantiles later as well, which must not pass for the timer's doing: what they add is simulated.
  for (let attempts = loss === 0 ? 0 : cases(2, 1); attempts > 0; attempts--) {
    const [sample] = simulate([record], [several.map(() => startAt(phase))]) as [Sample];
    phase = clock.phase(clock.addedTo(phase, sample.latenciesMs.flat()));
  }
  return several.map(() => startAt(phase));
}

const severalStarts = (runs: number): number[] => Array.from({ length: runs }, (_, i) => (1000 * i) / runs);

/** Records of one link again, several times. */
const replay = (group: readonly Counted[], runs: number): Sample[] =>
  simulate(
    group,
    group.map((record) => startsOf(record, runs)),
  );

/** @param starts for each record, when its client starts in each run, ms */
function simulate(group: readonly Rec[], starts: readonly (readonly number[])[]): Sample[] {
  const { secs } = (group[0] as Rec).parameters;
  const runs = starts[0]?.length as number;
  const atWorkUntilMs = WARM_MS - AT_WORK_BEFORE_MS + AT_WORK_MS;
  const samples = group.map(
    (): Sample => ({ latenciesMs: [], requests: 0, packets: 0, duplicates: 0, lost: 0 }),
  );
  for (let i = 0; i < runs; i++) {
    const run = start(
      scenarioOf(
        group,
        starts.map((each) => each[i] as number),
        seedOf(nameOf(group[0] as Rec), i),
      ),
    );
    const stops = [WARM_MS - AT_WORK_BEFORE_MS, WARM_MS, WARM_MS + secs * 1000, atWorkUntilMs];
    const [toWork, publishing, published, fromWork] = stops.map((ms) =>
      run.until(ms).groups.map(({ wire, http }) => ({ packets: wire.packets, requests: http.requests })),
    ) as [Counts[], Counts[], Counts[], Counts[]];
    run.finish().groups.forEach((end, index) => {
      const sample = samples[index] as Sample;
      const between = (from: Counts[], to: Counts[], what: keyof Counts) =>
        (to[index] as Counts)[what] - (from[index] as Counts)[what];
      sample.packets += between(publishing, published, 'packets') / secs / runs;
      sample.requests += between(toWork, fromWork, 'requests') / (AT_WORK_MS / 1000) / runs;
      sample.latenciesMs.push(end.latencyUs.map((us) => us / 1000));
      sample.duplicates += end.duplicates;
      sample.lost += end.expected - end.delivered;
    });
  }
  return samples;
}

function nameOf({ conditions, parameters }: Rec): string {
  const rate = conditions.rate_bps > 0 ? ' 1 Mbit/s' : '';
  return `${parameters.method} R ${conditions.rtt_ms} loss ${conditions.loss * 100} %${rate}`;
}

interface Counts {
  packets: number;
  requests: number;
}

interface Replay {
  record: Counted;
  name: string;
  sample: Sample;
}

const replays = new Map<string, Replay[]>();

/** Every record replayed; what compares latencies and what compares rates share the runs. */
export function replayed(effort: number): Replay[] {
  const runs = Math.max(2, Math.round(20 * effort));
  const known = replays.get(String(runs));
  if (known !== undefined) return known;
  const done = someOf(groups(), 0.1).flatMap((group) =>
    replay(group, runs).map((sample, index) => {
      const record = group[index] as Counted;
      return { record, name: nameOf(record), sample };
    }),
  );
  replays.set(String(runs), done);
  return done;
}

export const updateLatency: Experiment = {
  name: 'Update latency',
  kind: 'quantiles',
  rows: (effort = 1) =>
    replayed(effort).flatMap(({ record, name, sample }) =>
      compare(name, record.metrics.latency_ms, sample.latenciesMs),
    ),
  causes: updateLatencyCauses,
};

/**
 * Measured again with `tests/reality/measure`, several runs of each condition, all of them first seen when the model was
 * finished. What a timer at a fixed rate makes of it is not among them.
 */
export const updatesAgain: Experiment = {
  name: 'Update latency, measured again',
  kind: 'quantiles again',
  rows: (effort = 1) => {
    const runs = Math.max(3, Math.round(20 * effort));
    return someOf(sameKind<Rec>(again.records, nameOf), 0.05).flatMap((ofKind) => {
      const [sample] = simulate([ofKind[0] as Rec], [severalStarts(runs)]) as [Sample];
      return ofKind.flatMap((record, place) =>
        compare(`${nameOf(record)}, run ${place + 1}`, record.metrics.latency_ms, sample.latenciesMs),
      );
    });
  },
};

/** Two rates, within 10 %. */
function rate(record: string, metric: string, measured: number, simulated: number): Row {
  const [low, high] = [simulated * 0.9, simulated * 1.1];
  return { record, metric, measured, simulated, low, high, agrees: measured >= low && measured <= high };
}

export const updateRates: Experiment = {
  name: 'Requests and packets of updates',
  kind: 'single',
  rows: (effort = 1) =>
    replayed(effort).flatMap(({ record, name, sample }) => {
      const { metrics, parameters } = record;
      const packets = metrics.wire_up.packets + metrics.wire_down.packets;
      const rows = [rate(name, 'packets/s', packets / parameters.secs, sample.packets)];
      // The rig did not count the one request that opens a stream.
      if (metrics.http_requests_made > 0)
        rows.push(
          rate(name, 'requests/s', metrics.http_requests_made / (AT_WORK_MS / 1000), sample.requests),
        );
      return rows;
    }),
  causes: updateLatencyCauses,
};
