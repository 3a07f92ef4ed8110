import type { CloseReason } from '../../../src/engine/contract/stream.ts';
import type { TcpOptions } from '../../../src/network/tcp/tcp.ts';
import { PACKET } from '../../../src/trace/kinds.ts';
import { type Experiment, quantile, type Row, row } from '../judge.ts';
import records from '../records/black-hole.json' with { type: 'json' };
import { connect, webSocket, world } from './world.ts';

/** What was seen of a connection in a black hole, in seconds from its first lost packet. */
interface Seen {
  sentAtS: number[];
  /** Null: not within the time that was measured. */
  noticedAfterS: number | null;
}

const MEASURED_S = 1000;
const CUT_AT_US = 4_000_000;
const CLOSED: CloseReason = 'timed out';

/** Times at which the same packet was sent, from the record of the run. */
function sendings(
  w: ReturnType<typeof world>,
  fromUs: number,
  wanted: (what: number, data: number) => boolean,
): number[] {
  const times: number[] = [];
  let seqNo = -1;
  for (const entry of w.trace.all()) {
    if (entry.kind !== 'packet.sent' || entry.atUs < fromUs || entry.link !== '0/up') continue;
    if (!wanted(entry.what as number, entry.dataBytes as number)) continue;
    if (seqNo < 0) seqNo = entry.seqNo as number;
    if (entry.seqNo === seqNo) times.push(entry.atUs);
  }
  const first = times[0] ?? 0;
  return times.map((at) => (at - first) / 1e6);
}

/** A client that sends a message each second, or keeps still with keep-alive, when the link is cut. */
function cutWhileOpen(rttMs: number, options: TcpOptions, sends: boolean, seed: number): Seen {
  const w = world(seed, { rttMs }, 'all', options);
  let closedUs: number | null = null;
  const client = webSocket(
    w,
    () => {
      if (!sends) return;
      const tick = w.kernel.handler(() => {
        client.write(106, 1);
        w.kernel.after(1_000_000, tick);
      });
      w.kernel.after(1_000_000, tick);
    },
    () => {},
    {},
    () => {},
    (reason) => {
      if (reason === CLOSED) closedUs = w.kernel.nowUs;
    },
  );
  // The cut comes half a second before a message: from the first one lost, as the records count.
  const cutUs = CUT_AT_US + 500_000;
  w.sim.later(cutUs, () => w.link.setDown('both', true));
  w.kernel.run(cutUs + MEASURED_S * 1_000_000);
  const sentAtS = sendings(w, cutUs, (what, data) => (sends ? data > 0 : (what & PACKET.KEEPALIVE) !== 0));
  return { sentAtS, noticedAfterS: closedUs === null ? null : (closedUs - cutUs) / 1e6 };
}

function connectInto(options: TcpOptions, seed: number): Seen {
  const w = world(seed, {}, 'all', options);
  w.link.setDown('both', true);
  let closedUs: number | null = null;
  connect(w, {
    closed: (reason) => {
      if (reason === CLOSED) closedUs = w.kernel.nowUs;
    },
  });
  w.kernel.run(MEASURED_S * 1_000_000);
  const sentAtS = sendings(w, 0, (what) => (what & PACKET.SYN) !== 0);
  return { sentAtS, noticedAfterS: closedUs === null ? null : closedUs / 1e6 };
}

function experimentOf(scenario: string, rttMs: number): (seed: number) => Seen {
  const retries2 = /tcp_retries2=(\d+)/.exec(scenario);
  const synRetries = /tcp_syn_retries=(\d+)/.exec(scenario);
  if (scenario.startsWith('connect()')) {
    const options: TcpOptions = {};
    if (synRetries !== null) options.synRetries = Number(synRetries[1]);
    if (scenario.includes('linear_timeouts=0')) options.synLinearTimeouts = 0;
    return (seed) => connectInto(options, seed);
  }
  if (scenario.startsWith('client sends')) {
    const options: TcpOptions = retries2 === null ? {} : { retries2: Number(retries2[1]) };
    return (seed) => cutWhileOpen(rttMs, options, true, seed);
  }
  const keepAlive = { idleMs: 10_000, intervalMs: 1000, count: 10 };
  const options: TcpOptions = scenario.startsWith('TCP keepalive') ? { keepAlive } : {};
  return (seed) => cutWhileOpen(rttMs, options, false, seed);
}

/** Each retransmission's time, and when the end is noticed; the wheel's rounding differs from run to run. */
export const blackHole: Experiment = {
  name: 'Black holes',
  kind: 'single',
  rows(effort = 1) {
    const rows: Row[] = [];
    const runs = Math.max(3, Math.round(20 * effort));
    for (const record of records.records) {
      const { scenario } = record.parameters;
      const once = experimentOf(scenario, record.conditions.rtt_ms);
      const name = `R ${record.conditions.rtt_ms}: ${scenario}`;
      const seen = Array.from({ length: runs }, (_, index) => once(index + 1));
      const { noticed_after_s: noticed, transmissions_of_the_same_segment_at_s: times } = record.metrics;
      rows.push(
        among(
          name,
          'sendings',
          times.length,
          seen.map((one) => one.sentAtS.length),
          0,
        ),
      );
      times.forEach((at, index) => {
        if (index === 0) return;
        const simulated = seen.flatMap((one) =>
          one.sentAtS[index] === undefined ? [] : [one.sentAtS[index]],
        );
        rows.push(among(name, `sending ${index + 1}, s`, at, simulated, 0.006));
      });
      // Keep-alive counts from the last packet before the cut, which the record does not tell.
      if (scenario.startsWith('TCP keepalive')) continue;
      const ends = seen.map((one) => one.noticedAfterS ?? MEASURED_S);
      rows.push(
        among(
          name,
          'noticed after, s',
          noticed ?? MEASURED_S,
          ends,
          scenario.startsWith('client') ? 1 : 0.006,
        ),
      );
    }
    return rows;
  },
};

/** A single measured value among the runs: anywhere between the least and the largest, widened as usual. */
export function among(
  record: string,
  metric: string,
  measured: number,
  simulated: number[],
  floor: number,
): Row {
  const sorted = [...simulated].sort((a, b) => a - b);
  const least = sorted[0] ?? Number.NaN;
  const most = sorted[sorted.length - 1] ?? Number.NaN;
  return row(record, metric, measured, quantile(sorted, 0.5), least, most, floor);
}
