import type { Plan } from '../engine/contract/plan.ts';
import { headerOf } from '../engine/header.ts';
import type { TraceHeader } from '../trace/header.ts';
import { REGISTRIES } from './registries.ts';

/**
 * Who is who in a run that has not begun: enough to draw the stage at the first paint. The run's own header says the
 * same, and has the machines' charts besides.
 */
export function headerOfPlan(plan: Plan): TraceHeader {
  return headerOf(plan, REGISTRIES);
}
