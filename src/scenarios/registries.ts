import { BACKPLANE_MANIFESTS } from '../backplanes/manifests.ts';
import type { Manifests } from '../engine/header.ts';
import { TRANSPORT_MANIFESTS } from '../transports/manifests.ts';

/** What scenarios may name. */
export const REGISTRIES: Manifests = { transports: TRANSPORT_MANIFESTS, backplanes: BACKPLANE_MANIFESTS };
