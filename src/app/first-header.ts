import { BACKPLANES } from '../backplanes/index.ts';
import type { Plan } from '../engine/contract/plan.ts';
import { headerOf } from '../engine/header.ts';
import type { Parts } from '../engine/parts.ts';
import type { TraceHeader } from '../trace/trace.ts';
import { TRANSPORTS } from '../transports/index.ts';

/**
 * The header of a run that has not begun: enough to draw the stage at the first paint. It is made without the network,
 * which is half of the simulation and is loaded by the worker alone.
 */
export function firstHeader(plan: Plan): TraceHeader {
  return headerOf(plan, { transports: TRANSPORTS, backplanes: BACKPLANES } as unknown as Parts);
}
