import { BACKPLANES } from '../../../src/backplanes/index.ts';
import type { RunFacts } from '../../../src/engine/contract/facts.ts';
import type { Plan } from '../../../src/engine/contract/plan.ts';
import type { Effects, ServerIo, TransportPlugin } from '../../../src/engine/contract/transport.ts';
import { World } from '../../../src/engine/world.ts';
import { createNetwork } from '../../../src/network/index.ts';
import { problemsLine, type ScenarioInput, validate } from '../../../src/scenarios/validate.ts';
import type { Kind } from '../../../src/trace/kinds.ts';
import { type Keep, Trace, type TraceRecord } from '../../../src/trace/trace.ts';
import { TRANSPORTS } from '../../../src/transports/index.ts';
import { RIG_MS } from '../rig.ts';
import { twice } from './twice.ts';

const PARTS = { transports: { ...TRANSPORTS, twice }, backplanes: BACKPLANES, createNetwork };

/** A scenario's plan, as the command line would make it. */
export function planOf(input: ScenarioInput): Plan {
  const validation = validate(input);
  if (!validation.ok) throw new Error(problemsLine(validation.problems));
  return validation.plan;
}

export interface Run {
  world: World;
  trace: Trace;
  /** Simulates up to and including this moment. */
  until(ms: number): RunFacts;
  /** Simulates to the end. */
  finish(): RunFacts;
}

export interface Extras {
  /** What all clients use in place of what the scenario says, for one that no scenario may name. */
  transport?: Plan['clients'][number]['transport'];
  /** Told of each stream or socket that a server opens, for what no scenario can make it do. */
  opened?: (io: ServerIo) => void;
  /** Answers an EventSource in place of the server. */
  answer?: (io: ServerIo) => void;
}

/** Starts a run whose samples are to be had, not only its report. */
export function start(input: ScenarioInput, keep: Keep = 'none', extras: Extras = {}): Run {
  const trace = new Trace(keep);
  const plan = planOf(input);
  if (extras.transport !== undefined) for (const group of plan.clients) group.transport = extras.transport;
  const world = new World(plan, trace, { ...PARTS, transports: overheard(extras) });
  const { kernel } = world.sim;
  const until = (us: number) => {
    kernel.run(us);
    return world.facts();
  };
  return {
    world,
    trace,
    until: (ms) => until(Math.round(ms * 1000)),
    finish: () => until(kernel.horizonUs),
  };
}

function overheard({ opened, answer }: Extras): Record<string, TransportPlugin> {
  if (opened === undefined && answer === undefined) return PARTS.transports;
  return Object.fromEntries(
    Object.entries(PARTS.transports).map(([kind, plugin]) => {
      const { effects } = plugin.server;
      const heard: Effects<ServerIo> = { ...effects };
      heard.listen = (io, params, event) => {
        effects.listen?.(io, params, event);
        opened?.(io);
      };
      if (answer !== undefined && kind === 'sse') heard.begin = answer;
      return [kind, { ...plugin, server: { ...plugin.server, effects: heard } }];
    }),
  );
}

/** Records of a kind, oldest first. */
export function* recordsOf(trace: Trace, kind: Kind): Generator<TraceRecord> {
  const { length } = trace.table(kind);
  for (let row = 0; row < length; row++) yield trace.record(kind, row);
}

/** What the rig had between client and server: one link with what it adds of its own, no lookup, no datacenter. */
export function rigNetwork(conditions: {
  rtt_ms: number;
  loss: number;
  rate_bps: number;
  limit_bytes?: number | undefined;
}): NonNullable<ScenarioInput['network']> {
  const { rtt_ms, loss, rate_bps, limit_bytes } = conditions;
  return {
    access: {
      rttMs: rtt_ms + RIG_MS,
      lossPct: loss * 100,
      ...(rate_bps > 0 ? { rateKbps: rate_bps / 1000 } : {}),
      ...(limit_bytes ? { queueBytes: limit_bytes } : {}),
    },
    datacenter: { rttMs: 0 },
    dns: { lookupMs: 0 },
  };
}
