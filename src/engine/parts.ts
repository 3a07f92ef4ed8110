import type { BackplanePlugin } from './contract/backplane.ts';
import type { CreateNetwork } from './contract/network.ts';
import type { Plan } from './contract/plan.ts';
import type { TransportPlugin } from './contract/transport.ts';
import type { Manifests } from './header.ts';

/** The plug-ins that a world is put together from. */
export interface Parts {
  transports: Readonly<Record<string, TransportPlugin>>;
  backplanes: Readonly<Record<string, BackplanePlugin>>;
  createNetwork: CreateNetwork;
  /** What only some plans need ({@link needsExtras}). */
  extras?: Extras;
}

export type Extras = typeof import('./extras.ts').EXTRAS;

/**
 * Whether any client wants snapshots or writes, messages go to users' topics or into cached entries, servers have
 * threads, or a load balancer or a proxy stands before them.
 */
export const needsExtras = (plan: Plan): boolean =>
  plan.topics.kind !== 'room' ||
  plan.servers.threads !== null ||
  isFronted(plan) ||
  clientsWrite(plan) ||
  wantsSnapshots(plan);

/** Whether something stands between clients and servers. */
export const isFronted = ({ edge }: Plan): boolean => edge.loadBalancer !== null || edge.proxy !== null;

/** Whether messages come from clients, and not from sources of their own alone. */
export const clientsWrite = ({ publishers }: Plan): boolean =>
  publishers.some(({ client }) => client !== null);

export const wantsSnapshots = ({ clients }: Pick<Plan, 'clients'>): boolean =>
  clients.some(({ repair }) => repair.snapshot !== 'off');

/** The manifests alone. */
export function manifestsOf({ transports, backplanes }: Parts): Manifests {
  const named = <M>(plugIns: Readonly<Record<string, { manifest: M }>>) =>
    Object.fromEntries(Object.entries(plugIns).map(([kind, { manifest }]) => [kind, manifest]));
  return { transports: named(transports), backplanes: named(backplanes) };
}
