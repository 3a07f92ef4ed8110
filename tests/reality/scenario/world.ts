import { BACKPLANES } from '../../../src/backplanes/index.ts';
import type { RunFacts } from '../../../src/engine/contract/facts.ts';
import type { Plan } from '../../../src/engine/contract/plan.ts';
import { World } from '../../../src/engine/world.ts';
import { createNetwork } from '../../../src/network/index.ts';
import { problemsLine, type ScenarioInput, validate } from '../../../src/scenarios/validate.ts';
import { type Keep, Trace } from '../../../src/trace/trace.ts';
import { TRANSPORTS } from '../../../src/transports/index.ts';
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

/**
 * Starts a run whose samples are to be had, not only its report.
 * @param transport what all clients use in place of what the scenario says, for one that no scenario may name
 */
export function start(
  input: ScenarioInput,
  keep: Keep = 'none',
  transport: Plan['clients'][number]['transport'] | null = null,
): Run {
  const trace = new Trace(keep);
  const plan = planOf(input);
  if (transport !== null) for (const group of plan.clients) group.transport = transport;
  const world = new World(plan, trace, PARTS);
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

/** What the rig had between client and server: one link, no lookup, no datacenter. */
export function rigNetwork(conditions: {
  rtt_ms: number;
  loss: number;
  rate_bps: number;
  limit_bytes?: number | undefined;
}): NonNullable<ScenarioInput['network']> {
  const { rtt_ms, loss, rate_bps, limit_bytes } = conditions;
  return {
    access: {
      rttMs: rtt_ms,
      lossPct: loss * 100,
      ...(rate_bps > 0 ? { rateKbps: rate_bps / 1000 } : {}),
      ...(limit_bytes ? { queueBytes: limit_bytes } : {}),
    },
    datacenter: { rttMs: 0 },
    dns: { lookupMs: 0 },
  };
}
