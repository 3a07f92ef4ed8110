import type { FaultPlan } from '../../engine/contract/plan.ts';

/** Whether a fault with a length is in force at a moment. */
export const holdsAt = (fault: { atMs: number; forMs?: number | null }, atMs: number): boolean =>
  fault.atMs <= atMs && ((fault.forMs ?? null) === null || atMs < fault.atMs + (fault.forMs ?? 0));

/**
 * Whether a fault of links hits those of a client.
 * @param names all that a fault can call this client @param atClients whether a server's links are those of all clients
 */
export const hits = (
  target: string | null | undefined,
  names: readonly string[],
  atClients: boolean,
): boolean =>
  (target ?? null) === null ||
  (atClients && /^server-\d+$/.test(target ?? '')) ||
  names.includes(target ?? '');

/** Kinds that last for a while: these can be given another length. */
export function hasLength(fault: Pick<FaultPlan, 'kind'>): boolean {
  return ![
    'publish',
    'network-switch',
    'server-join',
    'packet-drop',
    'packet-delay',
    'packet-duplicate',
  ].includes(fault.kind);
}
