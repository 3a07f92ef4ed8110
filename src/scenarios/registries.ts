import { BACKPLANES } from '../backplanes/index.ts';
import { TRANSPORTS } from '../transports/index.ts';
import type { Registries } from './schema/scenario.ts';

/** The plug-ins that scenarios may name. */
export const REGISTRIES: Registries = { transports: TRANSPORTS, backplanes: BACKPLANES };
