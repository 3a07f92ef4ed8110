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

/** Whether any client wants snapshots, messages go to users' topics or into cached entries, or servers have threads. */
export const needsExtras = ({ clients, topics, servers }: Plan): boolean =>
  topics.kind !== 'room' || servers.threads !== null || wantsSnapshots({ clients });

export const wantsSnapshots = ({ clients }: Pick<Plan, 'clients'>): boolean =>
  clients.some(({ repair }) => repair.snapshot !== 'off');

/** The manifests alone. */
export function manifestsOf({ transports, backplanes }: Parts): Manifests {
  const named = <M>(plugIns: Readonly<Record<string, { manifest: M }>>) =>
    Object.fromEntries(Object.entries(plugIns).map(([kind, { manifest }]) => [kind, manifest]));
  return { transports: named(transports), backplanes: named(backplanes) };
}
