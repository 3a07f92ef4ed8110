import { createRun } from '../../src/scenarios/run.ts';
import { problemsLine, validate } from '../../src/scenarios/validate.ts';
import type { Kind } from '../../src/trace/kinds.ts';
import type { Keep } from '../../src/trace/trace.ts';

export const LAYERS = ['layer-4', 'layer-7'] as const;

/** Fast checks, so that runs can be short. */
export const CHECK = { intervalMs: 1_000, timeoutMs: 500, unhealthyThreshold: 2, healthyThreshold: 2 };

/** Clients of one transport behind a load balancer, `over` laid over it. */
export function run(kind: string, loadBalancer: object, over: object = {}, keep: Keep = 'all') {
  const checked = validate({
    version: 1,
    seed: 3,
    durationMs: 20_000,
    settleMs: 10_000,
    network: { access: { rttMs: 40 } },
    edge: { loadBalancer },
    publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'periodic', everyMs: 500 } }],
    clients: [{ name: 'group', count: 6, rooms: ['doc'], startSpreadMs: 600, transport: { kind } }],
    ...over,
  });
  if (!checked.ok) throw new Error(problemsLine(checked.problems));
  const world = createRun(checked.plan, keep);
  world.advance(world.endUs);
  const report = world.report();
  return {
    report,
    group: report.groups.group as (typeof report.groups)[string],
    balancer: report.loadBalancer as NonNullable<typeof report.loadBalancer>,
    trace: world.trace,
    records: (kind: Kind) => [...world.trace.all([kind])],
  };
}
