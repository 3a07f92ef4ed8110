import type { Packet } from '../../../src/engine/contract/packet.ts';
import { someOf } from '../../effort.ts';
import { compare, type Experiment, type Row, type Summary } from '../judge.ts';
import records from '../records/head-of-line.json' with { type: 'json' };
import again from '../records/head-of-line-again.json' with { type: 'json' };
import { sameKind, seedOf } from '../rig.ts';
import { headOfLineCauses } from './causes.ts';
import { webSocket, world } from './world.ts';

interface Conditions {
  rttMs: number;
  lossPct: number;
}

const FRAME_BYTES = 102;
const DATAGRAM_BYTES = 128;

/** Latencies, in ms, of messages sent by WebSocket at a fixed rate. */
export function streamLatencies(
  { rttMs, lossPct }: Conditions,
  perSecond: number,
  messages: number,
  seed: number,
  noDelay = true,
  bytes = FRAME_BYTES,
): number[] {
  const w = world(seed, { rttMs, lossPct }, 'none', { noDelay });
  const { kernel } = w;
  const sentAt: number[] = [];
  const latencies: number[] = [];
  let send = (): void => {};
  const tick = kernel.handler(() => send());
  webSocket(
    w,
    (stream) => {
      const periodUs = Math.round(1_000_000 / perSecond);
      send = () => {
        sentAt.push(kernel.nowUs);
        stream.write(bytes, sentAt.length);
        if (sentAt.length < messages) kernel.after(periodUs, tick);
      };
      kernel.after(periodUs, tick);
    },
    (unit) => {
      latencies.push((kernel.nowUs - (sentAt[unit - 1] as number)) / 1000);
    },
  );
  kernel.run(Math.ceil((messages / perSecond + 120) * 1_000_000));
  return latencies;
}

/** The same by UDP: what arrives, arrives after one way. */
export function datagramLatencies(
  { rttMs, lossPct }: Conditions,
  perSecond: number,
  messages: number,
  seed: number,
): number[] {
  const w = world(seed, { rttMs, lossPct });
  const { kernel } = w;
  const latencies: number[] = [];
  const to = { receive: (packet: Packet) => latencies.push((kernel.nowUs - packet.seqNo) / 1000) };
  const tick = kernel.handler((left) => {
    w.down.send(
      {
        id: 0,
        connection: 0,
        bytes: DATAGRAM_BYTES,
        what: 0,
        why: 0,
        seqNo: kernel.nowUs,
        ackNo: 0,
        dataBytes: 100,
        firstUnit: 0,
        lastUnit: 0,
        extra: null,
      },
      to,
    );
    if (left > 1) kernel.after(Math.round(1_000_000 / perSecond), tick, left - 1);
  });
  kernel.at(0, tick, messages);
  kernel.run(Math.ceil((messages / perSecond + 10) * 1_000_000));
  return latencies;
}

export const headOfLine: Experiment = {
  name: 'Head-of-line blocking',
  kind: 'quantiles',
  causes: headOfLineCauses,
  rows(effort = 1) {
    const rows: Row[] = [];
    for (const record of records.records) {
      const { rtt_ms: rttMs, loss } = record.conditions;
      const { stream, rate_per_s: perSecond, ws_nodelay: noDelay } = record.parameters;
      const conditions = { rttMs, lossPct: loss * 100 };
      const name = `R ${rttMs}, loss ${loss * 100} %, ${stream}`;
      const runs: number[][] = [];
      const repeats = Math.max(1, Math.round((loss === 0 || stream.startsWith('udp') ? 1 : 30) * effort));
      for (let run = 0; run < repeats; run++) {
        const seed = seedOf(name, run);
        const latencies = stream.startsWith('udp')
          ? datagramLatencies(conditions, perSecond, record.metrics.sent, seed)
          : streamLatencies(conditions, perSecond, record.metrics.sent, seed, noDelay);
        runs.push(latencies);
      }
      rows.push(...compare(name, record.metrics.latency_ms as Summary, runs));
    }
    return rows;
  },
};

/** Measured again with `tests/reality/measure`, several runs of each condition; few of them are among the records. */
export const headOfLineAgain: Experiment = {
  name: 'Head-of-line blocking, measured again',
  kind: 'quantiles again',
  rows: (effort = 1) => {
    const nameOf = ({ conditions, parameters }: (typeof again.records)[number]) =>
      `R ${conditions.rtt_ms}, loss ${conditions.loss * 100} %, ${parameters.stream}`;
    const repeats = Math.max(3, Math.round(30 * effort));
    return someOf(sameKind(again.records, nameOf), 0.1).flatMap((ofKind) => {
      const { conditions, parameters } = ofKind[0] as (typeof again.records)[number];
      const link = { rttMs: conditions.rtt_ms, lossPct: conditions.loss * 100 };
      const { rate_per_s: perSecond, secs } = parameters;
      const runs = Array.from({ length: repeats }, (_, run) =>
        streamLatencies(
          link,
          perSecond,
          perSecond * secs,
          seedOf(nameOf(ofKind[0] as (typeof again.records)[number]), run),
        ),
      );
      return ofKind.flatMap((record, place) =>
        compare(`${nameOf(record)}, run ${place + 1}`, record.metrics.latency_ms, runs),
      );
    });
  },
};
