import type { Plan } from '../contract.ts';
import type { CreateCongestion } from '../options.ts';
import { createBbr } from './bbr/bbr.ts';
import { createCubic } from './cubic.ts';

/** By the name that a plan has for it. A new one is a file and a line here. */
export const CONGESTION_CONTROLS: Readonly<
  Record<Plan['network']['tcp']['congestionControl'], CreateCongestion>
> = {
  cubic: createCubic,
  bbr: createBbr,
};
