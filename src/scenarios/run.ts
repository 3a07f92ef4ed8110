import { BACKPLANES } from '../backplanes/index.ts';
import type { Plan } from '../engine/contract/plan.ts';
import { EXTRAS } from '../engine/extras.ts';
import type { Parts } from '../engine/parts.ts';
import { createNetwork } from '../network/index.ts';
import type { Keep } from '../trace/trace.ts';
import { TRANSPORTS } from '../transports/index.ts';
import { createRunOf, type Run } from './run-of.ts';

export type { Run } from './run-of.ts';

/** Everything that this build can run. */
const PARTS: Parts = { transports: TRANSPORTS, backplanes: BACKPLANES, createNetwork, extras: EXTRAS };

/**
 * Puts a scenario's world together, at time 0.
 * @param keep how much of the trace to keep @param maxRows records to keep at most
 */
export const createRun = (plan: Plan, keep: Keep, maxRows?: number): Run =>
  createRunOf(PARTS, plan, keep, maxRows);
