import { BACKPLANE_FOLDERS } from '../backplanes/registry.ts';
import type { BackplanePlugin } from '../engine/contract/backplane.ts';
import type { Plan } from '../engine/contract/plan.ts';
import { needsExtras, type Parts } from '../engine/parts.ts';
import { needsOptional, networkWith } from '../network/network.ts';
import { TRANSPORTS } from '../transports/index.ts';

/** A file for each backplane, so that a page loads the one that its scenario has and none of the others. */
const FILES = import.meta.glob<Record<string, BackplanePlugin>>('../backplanes/*/index.ts');

/** What a plan's world is made of. Throws if there is no such backplane in this build. */
export async function loadParts(plan: Plan): Promise<Parts> {
  const { kind } = plan.backplane;
  const exported = await FILES[`../backplanes/${BACKPLANE_FOLDERS[kind]}/index.ts`]?.();
  const plugIn = Object.values(exported ?? {}).find((one) => one.manifest?.kind === kind);
  if (plugIn === undefined) throw new Error(`no backplane ${kind} in this build`);
  const optional = needsOptional(plan) ? (await import('../network/optional.ts')).OPTIONAL : null;
  const createNetwork = networkWith(optional);
  const parts = { transports: TRANSPORTS, backplanes: { [kind]: plugIn }, createNetwork };
  if (!needsExtras(plan)) return parts;
  const { EXTRAS } = await import('../engine/extras.ts');
  return { ...parts, extras: EXTRAS };
}
