import type { PacketFault } from '../../../src/engine/contract/network.ts';
import type { Stream } from '../../../src/engine/contract/stream.ts';
import { compareSingle, type Experiment, quantile, type Row } from '../judge.ts';
import records from '../records/single-loss.json' with { type: 'json' };
import { singleLossCauses } from './causes.ts';
import { connect, owner, type World, webSocket, world } from './world.ts';

const FRAME_BYTES = 102;
const REQUEST_BYTES = 120;
const RESPONSE_BYTES = 200;
const WARM_MESSAGES = 40;
const WARM_GAP_US = 5000;
/** Quiet between warming and the message that is lost. The records do not tell it; from 0.65 to 0.85 s fits their counts. */
const PAUSE_US = 750_000;
/** A chain of Node's timers is late by about this much each time: they count whole ms, from the loop's own clock. */
const TIMER_LAG_US = 1000;
/** The client asks for the stream by a message of its own, so that its kernel takes the connection for a dialogue. */
const COMMAND_BYTES = 40;

/** Units that are not messages of the experiment. */
const WARMING = 1_000_000;
const COMMAND = 1_000_001;

interface Drop {
  direction: 'up' | 'down';
  packet: PacketFault['packet'];
  nth: number;
}

function drop(w: World, { direction, packet, nth }: Drop): void {
  w.link.addFault({ kind: 'drop', direction, packet, nth, byUs: 0 });
}

/** Time to the first byte of a GET on a new connection, ms. */
export function firstRequest(rttMs: number, drops: Drop[], seed: number): number {
  const w = world(seed, { rttMs });
  for (const entry of drops) drop(w, entry);
  let answeredUs = Number.NaN;
  w.server.listen((stream) => owner({ received: () => stream.write(RESPONSE_BYTES, 2) }));
  const client = connect(w, {
    opened: () => client.write(REQUEST_BYTES, 1),
    received: () => {
      answeredUs = w.kernel.nowUs;
    },
  });
  w.kernel.run(60_000_000);
  return answeredUs / 1000;
}

/**
 * Latencies, in ms, of the lost message and of those behind it.
 * @param gapMs between them; null: nothing follows @param copies how many of its sendings are lost
 */
export function lostMessage(rttMs: number, gapMs: number | null, copies: number, seed: number): number[] {
  const w = world(seed, { rttMs });
  const { kernel } = w;
  const sentAt: number[] = [];
  const latencies: number[] = [];
  const followers = gapMs === null ? 0 : Math.ceil(3000 / gapMs);
  const write = (stream: Stream, message: number) => {
    if (message === 1) {
      for (let nth = 1; nth <= copies; nth++) drop(w, { direction: 'down', packet: 'data', nth });
    }
    sentAt[message] = kernel.nowUs;
    stream.write(FRAME_BYTES, message);
  };
  const client = webSocket(
    w,
    () => client.write(COMMAND_BYTES, COMMAND),
    (unit) => {
      if (unit < WARMING) latencies[unit - 1] = (kernel.nowUs - (sentAt[unit] as number)) / 1000;
    },
    {},
    (stream) => {
      for (let i = 0; i < WARM_MESSAGES; i++) {
        w.sim.later(i * WARM_GAP_US, () => stream.write(FRAME_BYTES, WARMING));
      }
      const startUs = WARM_MESSAGES * WARM_GAP_US + PAUSE_US;
      w.sim.later(startUs, () => write(stream, 1));
      for (let i = 1; i <= followers; i++) {
        w.sim.later(startUs + i * ((gapMs as number) * 1000 + TIMER_LAG_US), () => write(stream, i + 1));
      }
    },
  );
  kernel.run(60_000_000);
  return latencies;
}

const SETUP: Record<string, Drop[]> = {
  'HTTP GET on a fresh connection, nothing lost (ttfb)': [],
  'first SYN lost': [{ direction: 'up', packet: 'syn', nth: 1 }],
  'first two SYNs lost': [
    { direction: 'up', packet: 'syn', nth: 1 },
    { direction: 'up', packet: 'syn', nth: 2 },
  ],
  'first SYN-ACK lost': [{ direction: 'down', packet: 'synack', nth: 1 }],
  'GET request segment lost (first data on the connection)': [{ direction: 'up', packet: 'data', nth: 1 }],
  'HTTP response segment lost (first data on the connection)': [
    { direction: 'down', packet: 'data', nth: 1 },
  ],
};

function copiesLost(scenario: string): number {
  if (scenario.includes('three times')) return 3;
  return scenario.includes('first retransmission') ? 2 : 1;
}

/** The median over host clocks that stand at different phases. */
function median(runs: number, once: (seed: number) => number): number {
  const values = Array.from({ length: runs }, (_, index) => once(index + 1)).sort((a, b) => a - b);
  return quantile(values, 0.5);
}

export const singleLoss: Experiment = {
  name: 'Single losses',
  kind: 'single',
  causes: singleLossCauses,
  rows(effort = 1) {
    const runs = Math.max(5, Math.round(40 * effort));
    const rows: Row[] = [];
    for (const record of records.records) {
      const { rtt_ms: rttMs } = record.conditions;
      const { scenario } = record.parameters;
      const gapMs = 'gap_ms' in record.parameters ? (record.parameters.gap_ms as number) : null;
      const name = `R ${rttMs}: ${scenario}`;
      const measured = record.metrics.ms.p50;
      const drops = SETUP[scenario];
      if ('unit' in record.parameters) {
        const late = median(runs, (seed) => {
          const latencies = lostMessage(rttMs, gapMs, 1, seed);
          return latencies.filter((latency) => latency > rttMs / 2 + 5).length;
        });
        rows.push(compareSingle(name, 'late messages', measured, late, 1));
      } else if (drops !== undefined) {
        rows.push(
          compareSingle(
            name,
            'p50',
            measured,
            median(runs, (seed) => firstRequest(rttMs, drops, seed)),
          ),
        );
      } else {
        const once = (seed: number) => lostMessage(rttMs, gapMs, copiesLost(scenario), seed)[0] as number;
        rows.push(compareSingle(name, 'p50', measured, median(runs, once)));
      }
    }
    return rows;
  },
};
