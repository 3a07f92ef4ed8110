import type { Keep } from '../../src/trace/trace.ts';
import { webSocket, world } from '../reality/network/world.ts';

/** The work that ns-3 was given (reality/ns-3.md): WebSocket flows, each on a link of its own. */
export interface FlowsWork {
  flows: number;
  seconds: number;
  perSecond: number;
  bytes: number;
  rttMs: number;
  lossPct: number;
}

export const NS3_WORK: FlowsWork = {
  flows: 50,
  seconds: 60,
  perSecond: 20,
  bytes: 102,
  rttMs: 100,
  lossPct: 2,
};

export interface FlowsResult {
  /** Seconds of a flow simulated in one second of the wall clock. */
  flowSecondsPerSecond: number;
  eventsPerMessage: number;
  messages: number;
  packets: number;
  wallMs: number;
}

/** Runs the flows together on one kernel, starts spread over 50 ms, as ns-3 did. */
export function runFlows(work: FlowsWork, keep: Keep): FlowsResult {
  const w = world(1, { rttMs: work.rttMs, lossPct: work.lossPct }, keep);
  const { kernel, links, tcp, sim } = w;
  let messages = 0;
  const directions: { counters: { packets: number } }[] = [];
  for (let flow = 0; flow < work.flows; flow++) {
    const link = links.link(`flow-${flow}`, flow, { ...w.options });
    directions.push(link.up, link.down);
    const one = {
      ...w,
      client: tcp.host(`client-${flow}`),
      server: tcp.host(`server-${flow}`),
      up: links.path([link.up]),
      down: links.path([link.down]),
    };
    const periodUs = 1_000_000 / work.perSecond;
    sim.later(flow * (50_000 / work.flows), () => {
      webSocket(
        one,
        (stream) => {
          let unit = 0;
          const tick = kernel.handler(() => {
            stream.write(work.bytes, ++unit);
            kernel.after(periodUs, tick);
          });
          kernel.after(periodUs, tick);
        },
        () => {
          messages++;
        },
      );
    });
  }
  const before = performance.now();
  kernel.run(work.seconds * 1_000_000);
  const wallMs = performance.now() - before;
  return {
    flowSecondsPerSecond: (work.flows * work.seconds * 1000) / wallMs,
    eventsPerMessage: kernel.executed / messages,
    messages,
    packets: directions.reduce((sum, direction) => sum + direction.counters.packets, 0),
    wallMs,
  };
}
