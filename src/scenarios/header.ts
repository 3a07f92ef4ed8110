import type { Plan } from '../engine/contract/plan.ts';
import { headerOf, type Manifests } from '../engine/header.ts';
import type { TraceHeader } from '../trace/header.ts';

/**
 * Who is who in a run that has not begun: enough to draw the stage at the first paint. The run's own header says the
 * same, and has the machines' charts besides.
 * @param manifests at least those of the plan's transports and backplane
 */
export function headerOfPlan(plan: Plan, manifests: Manifests): TraceHeader {
  return headerOf(plan, manifests);
}
