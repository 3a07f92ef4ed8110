import type { Plan } from '../../src/engine/contract/plan.ts';
import { createRun } from '../../src/scenarios/run.ts';
import { type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import type { Keep } from '../../src/trace/trace.ts';
import type { Case } from './measure.ts';

const SECONDS = 60;

/** Flows that start spread over 50 ms and get 20 messages of 100 B a second; RTT 100 ms, 2 % loss each way. */
function plan(flows: number): Plan {
  const checked = validate({
    version: 1,
    seed: 1,
    durationMs: SECONDS * 1000,
    settleMs: 0,
    edge: { tls: 'none' },
    network: { access: { rttMs: 100, lossPct: 2 }, datacenter: { rttMs: 0 }, dns: { lookupMs: 0 } },
    servers: { cpu: { perMessageMs: 0 } },
    publishers: [{ name: 'source', room: 'doc', arrivals: { kind: 'periodic', everyMs: 50 }, bytes: 100 }],
    clients: [
      { name: 'ws', count: flows, startSpreadMs: 50, rooms: ['doc'], transport: { kind: 'websocket' } },
    ],
  } as ScenarioInput);
  if (!checked.ok) throw new Error('the benchmark’s scenario is refused');
  return checked.plan;
}

export interface WorldResult {
  events: number;
  packets: number;
  delivered: number;
  records: number;
}

/** What the last run of each case did. */
export const results = new Map<string, WorldResult>();

function world(name: string, flows: number, keep: Keep): Case {
  const scenario = plan(flows);
  return {
    name,
    run() {
      const run = createRun(scenario, keep, 20_000_000);
      run.advance(run.endUs);
      const { engine, totals } = run.report();
      results.set(name, {
        events: engine.events,
        packets: totals.wire.packets,
        delivered: totals.deliveries.delivered,
        records: run.trace.records,
      });
      return flows * SECONDS;
    },
  };
}

export const WORLDS: Case[] = [
  world('1 flow, untraced', 1, 'none'),
  world('50 flows, untraced', 50, 'none'),
  world('50 flows, fingerprint only', 50, 'fingerprint'),
  world('50 flows, fully traced', 50, 'all'),
  world('500 flows, untraced', 500, 'none'),
];

/** What ns-3.37 in C++ makes of the same work on such a machine, flow-seconds a second. */
export const NS3 = {
  '1 flow, untraced': 4254,
  '50 flows, untraced': 3773,
  '50 flows, fully traced': 3773,
  '500 flows, untraced': 1574,
};
