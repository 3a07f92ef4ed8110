import type { Trace, TraceRecord } from '../../../src/trace/trace.ts';
import { someOf } from '../../effort.ts';
import { compare, type Experiment, type Row, runsOf, type Summary } from '../judge.ts';
import records from '../records/connection-setup.json' with { type: 'json' };
import { RIG_HEADER_BYTES, RIG_TLS_CONTEXT_MS, seedOf } from '../rig.ts';
import { setupCauses } from './causes.ts';
import { recordsOf, rigNetwork, start } from './world.ts';

type Rec = (typeof records.records)[number];
type Metric = 'connect_ms' | 'secure_ms' | 'ttfb_ms' | 'second_request_ms';
type Samples = Record<Metric, number[]>;

const METRICS: Metric[] = ['connect_ms', 'secure_ms', 'ttfb_ms', 'second_request_ms'];
/** Clients come one after the other, so that they do not wait for the server's CPU. */
const GAP_MS = 3_500;
const CLIENTS = 500;

/** What the rig called a kind: what asks, how the connection is secured, and which of two requests it is about. */
const KINDS: Record<string, { transport: string; tls: 'none' | '1.2' | '1.3'; resumed: boolean }> = {
  http: { transport: 'twice', tls: 'none', resumed: false },
  http_ka2: { transport: 'twice', tls: 'none', resumed: false },
  sse_first: { transport: 'sse', tls: 'none', resumed: false },
  ws: { transport: 'websocket', tls: 'none', resumed: false },
  wss13: { transport: 'websocket', tls: '1.3', resumed: false },
  tls12_full: { transport: 'twice', tls: '1.2', resumed: false },
  tls12_resumed: { transport: 'twice', tls: '1.2', resumed: true },
  tls13_full: { transport: 'twice', tls: '1.3', resumed: false },
  tls13_resumed: { transport: 'twice', tls: '1.3', resumed: true },
};

/** One client's moments, µs: its two connections or, if kept, its two requests. */
interface Moments {
  attempted: number[];
  established: number[];
  secured: number[];
  readyUs: number;
  answered: number[];
}

function momentsOf(trace: Trace): Moments[] {
  const clients = new Map<number, Moments>();
  const connections = new Map<number, { moments: Moments; index: number }>();
  for (const { connection, client, atUs } of recordsOf(trace, 'connection.attempted')) {
    const moments = clients.get(client as number) ?? {
      attempted: [],
      established: [],
      secured: [],
      readyUs: Number.NaN,
      answered: [],
    };
    clients.set(client as number, moments);
    connections.set(connection as number, { moments, index: moments.attempted.push(atUs) - 1 });
  }
  const note = (list: 'established' | 'secured', { connection, atUs }: TraceRecord) => {
    const found = connections.get(connection as number);
    if (found !== undefined) found.moments[list][found.index] = atUs;
  };
  for (const entry of recordsOf(trace, 'connection.established'))
    if (entry.down === 0) note('established', entry);
  for (const entry of recordsOf(trace, 'connection.secured')) note('secured', entry);
  for (const { client, atUs } of recordsOf(trace, 'client.ready')) {
    const moments = clients.get(client as number);
    if (moments !== undefined) moments.readyUs = atUs;
  }
  for (const { actor, event, atUs } of recordsOf(trace, 'machine.moved')) {
    // A client's machines come first; with one each, an actor's number is its client's.
    if (event === 'response') clients.get(actor as number)?.answered.push(atUs);
  }
  return [...clients.values()];
}

function measure(record: Rec, seed: number, clients: number): Samples {
  const kind = KINDS[record.parameters.kind] as (typeof KINDS)[string];
  const kept = record.parameters.kind === 'http_ka2';
  const run = start(
    {
      version: 1,
      seed,
      durationMs: clients * GAP_MS,
      settleMs: 60_000,
      network: rigNetwork(record.conditions),
      edge: { tls: kind.tls, tlsResumption: kind.resumed, requestHeaderBytes: RIG_HEADER_BYTES },
      publishers: [{ name: 'source', room: 'room', arrivals: { kind: 'at', timesMs: [] } }],
      clients: [
        {
          name: 'client',
          count: clients,
          startSpreadMs: clients * GAP_MS,
          transport: { kind: kind.transport === 'twice' ? 'polling' : kind.transport },
        },
      ],
    },
    'all',
    kind.transport === 'twice' ? { transport: { kind: 'twice', keepAlive: kept } } : {},
  );
  // What follows the first answers is of no interest: streams stay open, and nothing is published.
  run.finish();
  const samples: Samples = { connect_ms: [], secure_ms: [], ttfb_ms: [], second_request_ms: [] };
  for (const { attempted, established, secured, readyUs, answered } of momentsOf(run.trace)) {
    const index = kind.resumed ? 1 : 0;
    const from = attempted[index] as number;
    const put = (metric: Metric, atUs: number | undefined, sinceUs = from) => {
      if (atUs !== undefined && !Number.isNaN(atUs)) samples[metric].push((atUs - sinceUs) / 1000);
    };
    if (kind.tls === 'none') put('connect_ms', established[index]);
    else {
      put('connect_ms', (established[index] as number) + RIG_TLS_CONTEXT_MS * 1000);
      put('secure_ms', secured[index]);
    }
    put('ttfb_ms', kind.resumed ? answered[1] : readyUs);
    if (kept) put('second_request_ms', answered[1], answered[0]);
  }
  return samples;
}

export const connectionSetup: Experiment = {
  name: 'Connection set-up',
  kind: 'quantiles',
  rows(effort = 1) {
    return someOf(records.records, 0.15).flatMap((record) => {
      const { rtt_ms, loss, rate_bps } = record.conditions;
      const name = `${record.parameters.kind} R ${rtt_ms} loss ${loss * 100} %${rate_bps ? ' 1 Mbit/s' : ''}`;
      const runs = Math.max(1, Math.round((loss > 0 ? 4 : 1) * effort));
      // Without loss little is luck, and few tell as much. With it, p99 needs its hundreds.
      const clients = Math.ceil(CLIENTS * Math.min(1, 4 * (loss > 0 ? effort : effort ** 2)));
      const parts = Array.from({ length: runs }, (_, index) => measure(record, seedOf(name, index), clients));
      return METRICS.flatMap((metric): Row[] => {
        const measured = (record.metrics as Partial<Record<Metric, Summary>>)[metric];
        if (measured === undefined) return [];
        const sample = parts.flatMap((part) => part[metric]);
        const rows = compare(name, measured, runsOf(sample, measured.n), true);
        return rows.map((entry) => ({ ...entry, record: `${name}: ${metric.replace('_ms', '')}` }));
      });
    });
  },
  causes: setupCauses,
};
