import { createBalancer } from './balancer.ts';
import type { Optional } from './network.ts';
import { createBbr } from './tcp/bbr/bbr.ts';

/** All of it; a page loads it only where its scenario asks for some. */
export const OPTIONAL: Optional = { createBalancer, createBbr };
