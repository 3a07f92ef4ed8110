import type { BackplanePlugin } from './contract/backplane.ts';
import type { CreateNetwork } from './contract/network.ts';
import type { TransportPlugin } from './contract/transport.ts';

/** The plug-ins that a world is put together from. */
export interface Parts {
  transports: Readonly<Record<string, TransportPlugin>>;
  backplanes: Readonly<Record<string, BackplanePlugin>>;
  createNetwork: CreateNetwork;
}
