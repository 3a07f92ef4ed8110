import type { ClientPlace, CreateNetwork, Network, NetworkHooks } from '../engine/contract/network.ts';
import type { Plan } from '../engine/contract/plan.ts';
import type { Sim } from '../engine/contract/sim.ts';
import { ClientStack } from './client-stack.ts';
import { Links } from './link/path.ts';
import { ServerStack } from './server-stack.ts';
import { createTcp } from './tcp/tcp.ts';

/** Puts the stack together: every client's link, resolver, TCP, TLS and HTTP, and the servers' ends of it. */
export const createNetwork: CreateNetwork = (
  sim: Sim,
  plan: Plan,
  places: ClientPlace[],
  hooks: NetworkHooks,
): Network => {
  const links = new Links(sim);
  const tcp = createTcp(sim);
  const datacenter = links.link('datacenter', places.length, plan.network.datacenter);
  let dnsDown = false;
  const servers = Array.from(
    { length: plan.servers.count },
    (_, number) => new ServerStack(sim, plan, number, tcp.host(`server-${number + 1}`), hooks),
  );
  const shared = { sim, plan, hooks, links, tcp, datacenter, servers, isDnsDown: () => dnsDown };
  const clients = places.map((place, client) => new ClientStack(shared, client, place));
  const at = (client: number) => clients[client] as ClientStack;
  return {
    http: (client) => at(client).http,
    listen: (server, listener) => servers[server]?.listen(listener),
    kill: (server) => servers[server]?.kill(),
    setLink: (client, options) => at(client).link.set(options),
    setLinkDown: (client, direction, down) => at(client).link.setDown(direction, down),
    addPacketFault: (client, fault) => at(client).link.addFault(fault),
    setDnsDown: (down) => {
      dnsDown = down;
    },
    disconnect: (client) => at(client).disconnect(),
    reconnect: (client) => at(client).reconnect(),
    switchNetwork: (client) => at(client).switchNetwork(),
    wire: (client) => at(client).link.counters,
    connections: (client) => at(client).connections,
    requests: (client) => at(client).requests,
  };
};
