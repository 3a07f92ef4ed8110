import { directManifest } from '../backplanes/direct/manifest.ts';
import type { BackplaneManifest } from '../engine/contract/backplane.ts';
import type { Plan } from '../engine/contract/plan.ts';
import type { Manifests } from '../engine/header.ts';
import { headerOfPlan } from '../scenarios/header.ts';
import type { TraceHeader } from '../trace/header.ts';
import { TRANSPORT_MANIFESTS } from '../transports/manifests.ts';

/** What the first picture needs; a scenario with another backplane was judged by the rules, which know all of them. */
let manifests: Manifests = { transports: TRANSPORT_MANIFESTS, backplanes: { direct: directManifest } };

/** All of them have come, with the rules. */
export function knowManifests(all: Manifests): void {
  manifests = all;
}

/** The manifest of a backplane, as far as it has come already. */
export const backplaneManifest = (kind: string): BackplaneManifest | undefined => manifests.backplanes[kind];

/** Who is who in a run that has not begun. */
export const headerFor = (plan: Plan): TraceHeader => headerOfPlan(plan, manifests);
