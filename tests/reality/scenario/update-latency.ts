import type { GroupFacts, RunFacts } from '../../../src/engine/contract/facts.ts';
import type { GroupInput } from '../../../src/scenarios/schema/scenario.ts';
import type { ScenarioInput } from '../../../src/scenarios/validate.ts';
import { compare, type Experiment, quantile, type Row } from '../judge.ts';
import records from '../records/update-latency.json' with { type: 'json' };
import { updateLatencyCauses } from './causes.ts';
import { rigNetwork, start } from './world.ts';

type Rec = (typeof records.records)[number];

/** Clients settle before anything is published, ms. */
const WARM_MS = 8_000;
const SETTLE_MS = 10_000;

/** The rig's events: mulberry32 with seed 7, gap −ln(1 − u)/λ. Times in ms from the start of publishing. */
export function rigEvents(perSecond: number, seconds: number): number[] {
  let state = 7;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const times: number[] = [];
  for (let at = 0; ; ) {
    at += -Math.log(1 - uniform()) / perSecond;
    if (at >= seconds) return times;
    times.push(at * 1000);
  }
}

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

function scenarioOf(record: Rec, startMs: number, seed: number): ScenarioInput {
  const { secs, rate_per_s: perSecond } = record.parameters;
  return {
    version: 1,
    seed,
    durationMs: WARM_MS + secs * 1000,
    settleMs: SETTLE_MS,
    network: rigNetwork(record.conditions),
    edge: { tls: 'none' },
    publishers: [
      {
        name: 'source',
        room: 'room',
        startMs: WARM_MS,
        arrivals: { kind: 'at', timesMs: rigEvents(perSecond, secs) },
        bytes: 80,
      },
    ],
    clients: [{ name: 'reader', startMs, transport: transportOf(record.parameters.method) }],
  };
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
function startsOf(record: Rec, runs: number): number[] {
  const transport = transportOf(record.parameters.method);
  const { rtt_ms: rttMs } = record.conditions;
  const several = Array.from({ length: runs }, (_, i) => (1000 * i) / runs);
  if (transport.kind !== 'polling' || transport.schedule !== 'fixed-rate') return several;
  const intervalMs = transport.intervalMs as number;
  const askedAfterMs = transport.keepAlive ? rttMs / 2 : 1.5 * rttMs;
  // Ticks that find the last request open are skipped.
  const periodMs = intervalMs * Math.ceil((askedAfterMs + rttMs / 2) / intervalMs);
  const asked = phaseOf(record, periodMs);
  // The start is the first tick; publishing begins WARM_MS later.
  const startMs = (((WARM_MS + asked - askedAfterMs) % periodMs) + periodMs) % periodMs;
  return several.map(() => startMs);
}

/** The moment in the period, ms from the start of publishing, at which questions reached the server. */
function phaseOf(record: Rec, periodMs: number): number {
  const { secs, rate_per_s: perSecond } = record.parameters;
  const { latency_ms: measured } = record.metrics;
  const hints = [
    [0.1, measured.p10],
    [0.25, measured.p25],
    [0.75, measured.p75],
  ] as const;
  const events = rigEvents(perSecond, secs);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let phase = 0; phase < periodMs; phase++) {
    const waits = events.map((at) => (((phase - at) % periodMs) + periodMs) % periodMs).sort((a, b) => a - b);
    const off = hints.map(([q, value]) => value - record.conditions.rtt_ms / 2 - quantile(waits, q));
    const error = off.reduce((sum, value) => sum + Math.abs(value), 0);
    if (error < least) [best, least] = [phase, error];
  }
  return best;
}

/** The record again, several times. */
export function replay(record: Rec, runs: number): Sample {
  const { secs } = record.parameters;
  const sample: Sample = { latenciesMs: [], requests: 0, packets: 0, duplicates: 0, lost: 0 };
  startsOf(record, runs).forEach((startMs, index) => {
    const run = start(scenarioOf(record, startMs, index + 1));
    const before = readerOf(run.until(WARM_MS));
    const after = readerOf(run.until(WARM_MS + secs * 1000));
    const end = readerOf(run.finish());
    sample.packets += (after.wire.packets - before.wire.packets) / secs / runs;
    sample.requests += (after.http.requests - before.http.requests) / secs / runs;
    sample.latenciesMs.push(end.latencyUs.map((us) => us / 1000));
    sample.duplicates += end.duplicates;
    sample.lost += end.expected - end.delivered;
  });
  return sample;
}

const readerOf = (facts: RunFacts) => {
  const { latencyUs, ...group } = facts.groups[0] as GroupFacts;
  // Facts share their lists with the run, which goes on.
  return { ...group, latencyUs: latencyUs.slice() };
};

const replays = new Map<string, { record: Rec; name: string; sample: Sample }[]>();

/** Every record replayed; what compares latencies and what compares rates share the runs. */
export function replayed(effort: number): { record: Rec; name: string; sample: Sample }[] {
  const runs = Math.max(5, Math.round(20 * effort));
  const known = replays.get(String(runs));
  if (known !== undefined) return known;
  const done = records.records.map((record) => {
    const { rtt_ms, loss, rate_bps } = record.conditions;
    const rate = rate_bps > 0 ? ' 1 Mbit/s' : '';
    const name = `${record.parameters.method} R ${rtt_ms} loss ${loss * 100} %${rate}`;
    return { record, name, sample: replay(record, runs) };
  });
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

/** How long a client was at work, seconds: the rig let it settle before and after publishing (357.5 polls of 500 ms). */
const AT_WORK_S = 178.75;

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
        rows.push(rate(name, 'requests/s', metrics.http_requests_made / AT_WORK_S, sample.requests));
      return rows;
    }),
  causes: updateLatencyCauses,
};
