import type { FaultPlan } from '../../../src/engine/contract/plan.ts';
import type { ServerIo } from '../../../src/engine/contract/transport.ts';
import type { GroupInput } from '../../../src/scenarios/schema/scenario.ts';
import type { ScenarioInput } from '../../../src/scenarios/validate.ts';
import { compare, type Experiment, type Row } from '../judge.ts';
import records from '../records/reconnection.json' with { type: 'json' };
import { deathCauses } from './causes.ts';
import { type Extras, type Run, recordsOf, rigNetwork, start } from './world.ts';

/** When it happens, ms: everybody has long been connected and idle. */
export const AT_MS = 20_000;

/** Readers with nothing to read, and what befalls them. */
export function quiet(
  rttMs: number,
  clients: readonly GroupInput[],
  faults: readonly (Partial<FaultPlan> & Pick<FaultPlan, 'kind'>)[],
  lastsMs: number,
): ScenarioInput {
  return {
    version: 1,
    durationMs: AT_MS + lastsMs,
    settleMs: 0,
    network: rigNetwork({ rtt_ms: rttMs, loss: 0, rate_bps: 0 }),
    edge: { tls: 'none' },
    publishers: [{ name: 'source', room: 'room', arrivals: { kind: 'at', timesMs: [] } }],
    clients,
    faults: faults.map((fault) => ({ atMs: AT_MS, ...fault })),
  } as ScenarioInput;
}

/** When a client's machine heard that its connection was over, ms after it happened; one for each client. */
export function noticedMs(run: Run): number[] {
  const noticed = new Map<number, number>();
  const clients = run.world.clients.length;
  for (const { actor, event, atUs } of recordsOf(run.trace, 'machine.moved')) {
    const client = actor as number;
    if (event !== 'failed' || client >= clients || atUs < AT_MS * 1000 || noticed.has(client)) continue;
    noticed.set(client, atUs / 1000 - AT_MS);
  }
  return [...noticed.values()];
}

/** Runs to the end with something done to every open stream or socket at AT_MS. */
export function runWith(
  input: ScenarioInput,
  act: ((io: ServerIo) => void) | null,
  extras: Extras = {},
): Run {
  const open: ServerIo[] = [];
  const run = start(input, 'all', { ...extras, opened: (io) => open.push(io) });
  if (act !== null) run.world.sim.later(AT_MS * 1000, () => open.forEach(act));
  run.finish();
  return run;
}

const CRASH = [{ kind: 'server-crash' }] as const;

function serverDeath(how: string, rttMs: number): number[] {
  const kind = how === 'sse_SIGKILL' ? 'sse' : 'websocket';
  const clients: GroupInput[] = [{ name: 'reader', count: 8, transport: { kind } }];
  const isKill = how.endsWith('SIGKILL');
  const input = quiet(rttMs, clients, isKill ? CRASH : [], 10_000);
  const act = (io: ServerIo) => (how === 'terminate' ? io.exchange.abort() : io.send({ type: 'shutdown' }));
  return noticedMs(runWith(input, isKill ? null : act));
}

function heartbeat(pingIntervalMs: number, pongTimeoutMs: number, count: number): number[] {
  const clients = [40, 100, 300].map((rttMs): GroupInput => {
    const transport = { kind: 'websocket', pingIntervalMs, pongTimeoutMs };
    return { name: `reader-${rttMs}`, count, startSpreadMs: pingIntervalMs, network: { rttMs }, transport };
  });
  const input = quiet(100, clients, [{ kind: 'link-down' }], 30_000);
  return noticedMs(runWith(input, null));
}

/** How soon a client notices that its server is gone. */
export const serverFailures: Experiment = {
  name: 'Dead servers',
  kind: 'single',
  rows(effort = 1) {
    return records.records.flatMap((record): Row[] => {
      const { parameters, conditions, metrics } = record;
      if ('ping_every_ms' in parameters) {
        const { ping_every_ms: every, pong_timeout_ms: timeout } = parameters as Record<string, number>;
        const sample = heartbeat(every as number, timeout as number, Math.round(100 * effort));
        return compare('heartbeat in a black hole', metrics.noticed_ms, [sample]);
      }
      const { how } = parameters as { how: string };
      const sample = serverDeath(how, conditions.rtt_ms as number);
      return compare(`${how} R ${conditions.rtt_ms}`, metrics.noticed_ms, [sample]);
    });
  },
  causes: deathCauses,
};
