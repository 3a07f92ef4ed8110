import { createBalancer } from './balancer.ts';
import type { Optional } from './network.ts';
import { createProxy } from './proxy.ts';
import { CONGESTION_CONTROLS } from './tcp/congestion/controls.ts';

/** All of it; a page loads it only where its scenario asks for some. */
export const OPTIONAL: Optional = { createBalancer, createProxy, congestionControls: CONGESTION_CONTROLS };
