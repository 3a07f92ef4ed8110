import type { GroupInput } from '../../../src/scenarios/schema/scenario.ts';
import type { ScenarioInput } from '../../../src/scenarios/validate.ts';
import { compare, type Experiment, type Row, row } from '../judge.ts';
import records from '../records/update-latency.json' with { type: 'json' };
import { rigNetwork, start } from './world.ts';

type Rec = (typeof records.records)[number];

/** Clients settle before anything is published, ms; a multiple of every polling interval. */
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
  latenciesMs: number[];
  /** Per second. */
  requests: number;
  packets: number;
  duplicates: number;
  lost: number;
}

/** The record again, from several moments at which its client may have started. */
export function replay(record: Rec, runs: number): Sample {
  const { method, secs } = record.parameters;
  const transport = transportOf(method);
  const intervalMs = transport.kind === 'polling' ? (transport.intervalMs as number) : 1000;
  const sample: Sample = { latenciesMs: [], requests: 0, packets: 0, duplicates: 0, lost: 0 };
  for (let i = 0; i < runs; i++) {
    const startMs = (intervalMs * i) / runs;
    const run = start(scenarioOf(record, startMs, i + 1));
    const before = run.until(WARM_MS).groups[0]!;
    const { requests } = before.http;
    const { packets } = before.wire;
    const after = run.until(WARM_MS + secs * 1000).groups[0]!;
    sample.packets += (after.wire.packets - packets) / secs / runs;
    sample.requests += (after.http.requests - requests) / secs / runs;
    const end = run.finish().groups[0]!;
    sample.latenciesMs.push(...end.latencyUs.map((us) => us / 1000));
    sample.duplicates += end.duplicates;
    sample.lost += end.expected - end.delivered;
  }
  return sample;
}
/** Two rates, within 10 %. */
function rate(record: string, metric: string, measured: number, simulated: number): Row {
  return row(record, metric, measured, simulated, simulated * 0.95, simulated * 1.05, 0);
}

export const updateLatency: Experiment = {
  name: 'Update latency',
  kind: 'quantiles',
  rows(effort = 1) {
    const runs = Math.max(5, Math.round(20 * effort));
    return records.records.flatMap((record) => {
      const { rtt_ms, loss, rate_bps } = record.conditions;
      const name = `${record.parameters.method} R ${rtt_ms} loss ${loss * 100} %${rate_bps ? ' 1 Mbit/s' : ''}`;
      const sample = replay(record, runs);
      const { metrics } = record;
      const rows = compare(name, metrics.latency_ms, sample.latenciesMs);
      const packets = metrics.wire_up.packets + metrics.wire_down.packets;
      rows.push(rate(name, 'packets/s', packets / record.parameters.secs, sample.packets));
      if (metrics.http_requests_made > 0)
        rows.push(rate(name, 'requests/s', metrics.http_requests_made / 178.75, sample.requests));
      return rows;
    });
  },
};
