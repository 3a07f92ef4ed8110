import type { Plan } from '../engine/contract/plan.ts';
import { BALANCER } from '../engine/targets.ts';
import { TRANSPORT_MANIFESTS } from '../transports/manifests.ts';
import { backplaneManifest } from './manifests.ts';

/** A group that is named after its transport is called as that is. */
export function groupTitle(plan: Plan, name: string): string {
  const kind = plan.clients.find((group) => group.name === name)?.transport.kind;
  return kind === name ? transportTitle(kind) : name;
}

export function transportTitle(kind: string): string {
  return TRANSPORT_MANIFESTS[kind]?.title ?? kind;
}

export function backplaneTitle(kind: string): string {
  return backplaneManifest(kind)?.title ?? kind;
}

/** What a fault is aimed at, in words: `sse/2` → `SSE 2`, `server-1` → `Server 1`, `redis` → `Redis`. */
export function targetTitle(plan: Plan, target: string): string {
  const server = /^server-(\d+)$/.exec(target);
  if (server !== null) return `Server ${server[1]}`;
  const nodes = backplaneManifest(plan.backplane.kind)?.nodes(plan.backplane) ?? [];
  const node = nodes.find(({ name }) => name === target);
  if (node !== undefined) return node.title;
  if (target === BALANCER) return 'load balancer';
  const [name = '', number] = target.split('/');
  const alone = plan.clients.find((group) => group.name === name)?.count === 1;
  return number === undefined || alone ? groupTitle(plan, name) : `${groupTitle(plan, name)} ${number}`;
}
