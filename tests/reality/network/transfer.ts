import type { LinkOptions } from '../../../src/engine/contract/link-options.ts';
import type { Stream } from '../../../src/engine/contract/stream.ts';
import type { StackOptions } from '../../../src/network/tcp/tcp.ts';
import { compare, type Experiment, type Row, runsOf, type Summary } from '../judge.ts';
import records from '../records/transfer.json' with { type: 'json' };
import { seedOf } from '../rig.ts';
import { transferCauses } from './causes.ts';
import { connect, owner, type World, webSocket, world } from './world.ts';

const REQUEST_BYTES = 90;
const HEAD_BYTES = 180;
const WARMING_BYTES = 1_000_000;
const IDLE_US = 100_000;
const FRAME_BYTES = 102;

interface Body {
  bytes: number;
  warm: boolean;
}

/** Request written to last byte, ms. */
export function transferTime(
  link: Partial<LinkOptions>,
  { bytes, warm }: Body,
  seed: number,
  tcp: StackOptions = {},
): number {
  const w = world(seed, link, 'none', tcp);
  const { kernel } = w;
  let wanted = warm ? WARMING_BYTES : bytes;
  let startedUs = 0;
  let tookMs = Number.NaN;
  w.server.listen((stream) => owner({ received: () => stream.write(HEAD_BYTES + wanted, 2) }));
  let first = warm;
  const ask = (stream: Stream) => {
    startedUs = kernel.nowUs;
    stream.write(REQUEST_BYTES, 1);
  };
  const client = connect(w, {
    opened: () => ask(client),
    received: () => {
      if (!first) {
        tookMs = (kernel.nowUs - startedUs) / 1000;
        return;
      }
      first = false;
      wanted = bytes;
      w.sim.later(IDLE_US, () => ask(client));
    },
  });
  kernel.run(600_000_000);
  return tookMs;
}

/** Latencies of a WebSocket's messages beside a download that fills the link, ms. */
export function underBulk(
  link: Partial<LinkOptions>,
  perSecond: number,
  seconds: number,
  seed: number,
  tcp: StackOptions = {},
): number[] {
  const w = world(seed, link, 'none', tcp);
  const { kernel } = w;
  const sentAt: number[] = [];
  const latencies: number[] = [];
  const fromUs = 3_000_000;
  const untilUs = fromUs + seconds * 1_000_000;
  webSocket(
    w,
    (stream) => {
      const tick = kernel.handler(() => {
        sentAt.push(kernel.nowUs);
        stream.write(FRAME_BYTES, sentAt.length);
        if (kernel.nowUs < untilUs) kernel.after(1_000_000 / perSecond, tick);
      });
      kernel.after(1_000_000 / perSecond, tick);
      startDownload(w);
    },
    (unit) => {
      const sentUs = sentAt[unit - 1] as number;
      if (sentUs >= fromUs) latencies.push((kernel.nowUs - sentUs) / 1000);
    },
  );
  kernel.run(untilUs + 20_000_000);
  return latencies;
}

/** A download without end, on a host pair of its own over the same link. */
function startDownload(w: World): void {
  const server = w.tcp.host('download server');
  const client = w.tcp.host('download client');
  server.listen((stream) => owner({ received: () => stream.write(1_000_000_000, 2) }));
  const route = { out: w.up, back: w.down, to: server, from: 0, toward: 1, what: 'download' };
  const stream = client.connect(route, owner({ opened: () => stream.write(REQUEST_BYTES, 1) }));
}

export const transfer: Experiment = {
  name: 'Transfers',
  kind: 'quantiles',
  causes: transferCauses,
  rows(effort = 1) {
    const rows: Row[] = [];
    for (const record of records.records) {
      const { rtt_ms: rttMs, loss, rate_bps: rate } = record.conditions;
      const link: Partial<LinkOptions> = {
        rttMs,
        lossPct: loss * 100,
        rateKbps: rate === 0 ? null : rate / 1000,
      };
      const queueBytes =
        'limit_bytes' in record.conditions ? (record.conditions.limit_bytes as number) : null;
      if (queueBytes !== null) link.queueBytes = queueBytes;
      const { parameters, metrics } = record;
      const where = `R ${rttMs}${rate === 0 ? '' : `, ${rate / 1e6} Mbit/s, queue ${queueBytes}`}${loss > 0 ? `, loss ${loss * 100} %` : ''}`;
      if ('size_bytes' in parameters && 'ms' in metrics) {
        const body = { bytes: parameters.size_bytes as number, warm: parameters.connection === 'warm' };
        const runs = Math.max(4, Math.round((loss > 0 ? 100 : 4) * effort));
        const measured = metrics.ms as Summary;
        const name = `${where}: ${body.bytes} B ${parameters.connection}`;
        const sample = Array.from({ length: runs }, (_, run) => transferTime(link, body, seedOf(name, run)));
        rows.push(...compare(name, measured, runsOf(sample, measured.n)));
      } else if ('ws_under_bulk_ms' in metrics) {
        const name = `${where}: beside a download`;
        const runs = Array.from({ length: Math.max(1, Math.round(4 * effort)) }, (_, run) =>
          underBulk(link, parameters.ws_rate_per_s as number, 25, seedOf(name, run)),
        );
        rows.push(...compare(name, metrics.ws_under_bulk_ms as Summary, runs));
      }
    }
    return rows;
  },
};
