import { createBbr } from '../../../src/network/tcp/congestion/bbr/bbr.ts';
import type { Experiment, Row } from '../judge.ts';
import records from '../records/outage-stall.json' with { type: 'json' };
import { among } from './black-hole.ts';
import { webSocket, world } from './world.ts';

/**
 * How long messages had been flowing when the link was cut. The records do not tell it, and it matters at long round-trip
 * times: RTO falls from 3R to R + 200 with each round trip. Of whole half seconds this one and the next fit R = 300.
 */
const WARM_MS = 2000;

/**
 * From the cut to the next message at the client, ms, when the link is cut for a while and the connection is kept.
 * The rig's kernel sent with BBR, as its records say.
 */
export function stall(
  rttMs: number,
  outageMs: number,
  tickMs: number,
  phaseMs: number,
  seed: number,
): number {
  const w = world(seed, { rttMs }, 'none', { createCongestion: createBbr });
  const { kernel } = w;
  const cutUs = Math.round((2 * rttMs + WARM_MS + phaseMs) * 1000);
  let firstUs = Number.NaN;
  webSocket(
    w,
    (stream) => {
      const tick = kernel.handler(() => {
        stream.write(102, 1);
        kernel.after(tickMs * 1000, tick);
      });
      kernel.after(tickMs * 1000, tick);
    },
    () => {
      // What was under way when the link was cut does not count.
      const underWay = kernel.nowUs < cutUs + (rttMs / 2 + 1) * 1000;
      if (Number.isNaN(firstUs) && kernel.nowUs > cutUs && !underWay) firstUs = kernel.nowUs;
    },
  );
  w.sim.later(cutUs, () => w.link.setDown('both', true));
  w.sim.later(cutUs + outageMs * 1000, () => w.link.setDown('both', false));
  kernel.run(cutUs + 60_000_000 + outageMs * 3000);
  return (firstUs - cutUs) / 1000;
}

export const outageStall: Experiment = {
  name: 'Stalls after an outage',
  kind: 'single',
  rows(effort = 1) {
    const cells = new Map<string, { rttMs: number; outageMs: number; tickMs: number; measured: number[] }>();
    for (const record of records.records) {
      const { rtt_ms: rttMs } = record.conditions;
      const { outage_s: outageS, tick_ms: tickMs } = record.parameters;
      const key = `R ${rttMs}, outage ${outageS} s`;
      const cell = cells.get(key) ?? { rttMs, outageMs: outageS * 1000, tickMs, measured: [] };
      cell.measured.push(record.metrics.stall_from_cut_ms);
      cells.set(key, cell);
    }
    const rows: Row[] = [];
    for (const [name, { rttMs, outageMs, tickMs, measured }] of cells) {
      const runs = Math.max(10, Math.round(60 * effort));
      // Where the cut falls between two messages, and where the hosts' clocks stand, is luck.
      const sample = Array.from({ length: runs }, (_, index) =>
        stall(rttMs, outageMs, tickMs, (index * tickMs) / runs, index + 1),
      );
      measured.forEach((value, index) => {
        rows.push(among(name, `trial ${index + 1}`, value, sample, 6));
      });
    }
    return rows;
  },
};
