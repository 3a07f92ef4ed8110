import { networkWith } from './network.ts';
import { OPTIONAL } from './optional.ts';

/** The network with everything that a plan can ask for. */
export const createNetwork = networkWith(OPTIONAL);
