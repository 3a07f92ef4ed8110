import { proxyReads } from '../engine/contract/proxy.ts';
import { PROXY } from '../engine/contract/sim.ts';
import type { Stream, StreamOwner } from '../engine/contract/stream.ts';
import type { Around } from './balancer.ts';
import type { Balancer, Entrance, ReadingProxy } from './entry.ts';
import { Intercepting } from './intermediary/proxy/intercepting.ts';
import type { Link } from './link/link.ts';
import type { Route } from './link/path.ts';
import type { ServerStack } from './server-stack.ts';

/** What a connection of its own is for, a key of the vocabulary. */
const OWN = 'proxy.connection';

/**
 * Puts a proxy at the edge, between the access links and what is behind them. null: the plan has none, or one that reads
 * nothing and has no part in what passes.
 * @param balancer what stands behind it; null: the servers
 * @param edge the link from it to the load balancer
 */
export function createProxy(
  around: Around,
  balancer: Balancer | null,
  edge: Link | null,
): ReadingProxy | null {
  const { sim, plan, hooks, tcp, datacenter, servers, links } = around;
  const { proxy } = plan.edge;
  if (proxy === null || !proxyReads(plan.edge)) return null;
  const host = tcp.host('proxy');
  const waysOf = ({ up, down }: Link): [Route, Route] => [links.path([up]), links.path([down])];
  const routes = datacenter.map(waysOf);
  const across = edge === null ? null : waysOf(edge);
  /** To which server each connection was opened, as Linux keeps it for one that it redirects (SO_ORIGINAL_DST). */
  const destinations = new Map<number, number>();

  const toServer = (server: number, owner: StreamOwner): Stream => {
    const [out, back] = routes[server] as [Route, Route];
    const { host: to } = servers[server] as ServerStack;
    return host.connect({ out, back, to, from: PROXY, toward: server, what: OWN }, owner);
  };
  const toBalancer = (first: Entrance, [out, back]: [Route, Route], owner: StreamOwner): Stream => {
    const { route, bind } = first.enter(PROXY, 0, out, back);
    const stream = host.connect({ ...route, from: PROXY, toward: -1, what: OWN }, owner);
    bind(stream);
    return stream;
  };

  const intercepting = new Intercepting(
    {
      sim,
      responseBytes: plan.edge.responseHeaderBytes,
      listen: (accept) => {
        host.listen((stream) => {
          const owner = accept(stream);
          owner.stream = stream;
          return owner;
        });
      },
      destination: (connection) => destinations.get(connection) ?? -1,
      connect: (server, owner) =>
        balancer !== null && across !== null ? toBalancer(balancer, across, owner) : toServer(server, owner),
    },
    proxy,
  );
  return {
    enter(client, failures, out, back) {
      const server = balancer === null ? hooks.serverOf(client, failures) : -1;
      return {
        route: { out, back, to: host },
        server: PROXY,
        bind: (stream) => destinations.set(stream.connection, server),
        tlsEnd: () => ({ place: 0, epoch: 0 }),
      };
    },
    // It knows clients by nothing that they could change.
    moved: () => {},
    facts: () => intercepting.facts(),
  };
}
