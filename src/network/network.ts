import type { CreateNetwork, Layout, Network, NetworkHooks } from '../engine/contract/network.ts';
import type { Plan } from '../engine/contract/plan.ts';
import type { Sim } from '../engine/contract/sim.ts';
import type { createBalancer } from './balancer.ts';
import { ClientStack } from './client-stack.ts';
import type { Link } from './link/link.ts';
import { Links } from './link/path.ts';
import { Peers } from './peers.ts';
import type { createProxy } from './proxy.ts';
import { ServerStack } from './server-stack.ts';
import type { CONGESTION_CONTROLS } from './tcp/congestion/controls.ts';
import { createTcp } from './tcp/tcp.ts';

/**
 * Goes on when all that is in flight has landed, hop by hop; what lands at that very moment comes first.
 * @param hops ways that packets go one after the other: to the edge, perhaps from a proxy there to a load balancer, and
 * to a server
 */
function afterLanding(sim: Sim, landsUs: () => number, then: () => void, hops: number): void {
  const waitUs = landsUs() - sim.kernel.nowUs;
  if (hops === 0 || waitUs <= 0) then();
  else sim.later(waitUs + 1, () => afterLanding(sim, landsUs, then, hops - 1));
}

/** What only some plans need ({@link needsOptional}). */
export interface Optional {
  createBalancer: typeof createBalancer;
  createProxy: typeof createProxy;
  congestionControls: typeof CONGESTION_CONTROLS;
}

/** Whether there is a load balancer or a proxy, or another congestion control than the one that TCP has by itself. */
export const needsOptional = ({ edge, network }: Plan): boolean =>
  edge.loadBalancer !== null || edge.proxy !== null || network.tcp.congestionControl !== 'cubic';

/**
 * Puts the stack together: every client's link, resolver, TCP, TLS and HTTP, and the servers' ends of it.
 * @param optional null: the plan needs none of it
 */
export const networkWith =
  (optional: Optional | null): CreateNetwork =>
  (sim: Sim, plan: Plan, layout: Layout, hooks: NetworkHooks): Network => {
    if (optional === null && needsOptional(plan))
      throw new Error('the network of this plan has parts that are missing');
    const links = new Links(sim);
    const createCongestion = optional?.congestionControls[plan.network.tcp.congestionControl];
    const tcp = createTcp(sim, { createCongestion });
    const datacenter = layout.servers.map((name, server) =>
      links.link(name, layout.clients.length + server, plan.network.datacenter),
    );
    const peers = new Peers(
      sim,
      links,
      tcp,
      layout,
      plan.network.datacenter,
      layout.clients.length + datacenter.length,
    );
    let dnsDown = false;
    const servers = datacenter.map(
      (_, number) => new ServerStack(sim, plan, number, tcp.host(`server-${number + 1}`), hooks),
    );
    const around = { sim, plan, hooks, links, tcp, datacenter, servers, isDnsDown: () => dnsDown };
    const balancer = optional?.createBalancer(around) ?? null;
    const inner = layout.clients.length + datacenter.length + layout.peers.length;
    const edge = layout.edge === null ? null : links.link(layout.edge, inner, plan.network.datacenter);
    const proxy = optional?.createProxy(around, balancer, edge) ?? null;
    const shared = { ...around, entrance: proxy ?? balancer };
    const clients = layout.clients.map((place, client) => new ClientStack(shared, client, place));
    const at = (client: number) => clients[client] as ClientStack;
    const inside = [...datacenter, ...peers.links, ...(edge === null ? [] : [edge])];
    const link = (number: number): Link =>
      number < clients.length ? at(number).link : (inside[number - clients.length] as Link);
    return {
      peers,
      http: (client) => at(client).http,
      listen: (server, listener) => servers[server]?.listen(listener),
      kill: (server) => servers[server]?.kill(),
      refuse: (server) => servers[server]?.host.closePort(),
      setLink: (number, options) => link(number).set(options),
      setLinkDown: (number, direction, down) => link(number).setDown(direction, down),
      addPacketFault: (number, fault) => link(number).addFault(fault),
      setDnsDown: (down) => {
        dnsDown = down;
      },
      disconnect: (client) => at(client).disconnect(),
      reconnect: (client) => at(client).reconnect(),
      switchNetwork: (client) => at(client).switchNetwork(),
      wire: (client) => at(client).link.counters,
      settled: (client, then) => {
        const behind = edge === null ? datacenter : [edge, ...datacenter];
        const landsUs = () => Math.max(at(client).link.up.landsUs, ...behind.map(({ up }) => up.landsUs));
        at(client).lingered(() => afterLanding(sim, landsUs, then, edge === null ? 2 : 3));
      },
      connections: (client) => at(client).connections,
      dns: (client) => at(client).resolver.counts,
      held: (client) => at(client).held,
      requests: (client) => at(client).requests,
      responses: (client) => at(client).http.responses,
      loadBalancer: balancer,
      proxy,
    };
  };
