import type { Plan } from '../engine/contract/plan.ts';
import { groupTitle as titleOf } from '../engine/header.ts';
import { asName, targetTitle } from '../trace/names.ts';
import { TRANSPORT_MANIFESTS } from '../transports/manifests.ts';
import { backplaneManifest, headerFor } from './manifests.ts';

/** What a group is called, as on its card. */
export function groupTitle(plan: Plan, name: string): string {
  const group = plan.clients.find((one) => one.name === name);
  return asName(group === undefined ? name : titleOf(group, TRANSPORT_MANIFESTS));
}

export function transportTitle(kind: string): string {
  return TRANSPORT_MANIFESTS[kind]?.title ?? kind;
}

export function backplaneTitle(kind: string): string {
  return backplaneManifest(kind)?.title ?? kind;
}

/** What the run of a plan calls whom a fault is aimed at. */
export function targetTitles(plan: Plan): (target: string) => string {
  const header = headerFor(plan);
  return (target) => targetTitle(header, target);
}
