import type { Layout } from './contract/network.ts';
import type { FaultPlan, Plan } from './contract/plan.ts';
import { proxyReads } from './contract/proxy.ts';
import { membersOf } from './layout.ts';

/** What a fault is done to, by number. */
export interface Targets {
  clients: number[];
  servers: number[];
  /** Servers, nodes and sources, by place. */
  places: number[];
  links: number[];
}

/** Groups of places that a partition may name. */
export const PLACE_GROUPS = { servers: 'server', backplane: 'node', publishers: 'source' } as const;

/**
 * Resolves what a fault names. Without a target it is done to all that it can be done to; a server or a node stands for
 * every link to it, and the only server, with nothing before it ({@link isAtClients}), for those of the clients. A group
 * may be called as a node or a publisher is: what can be done to either is done to the group.
 */
export function targetsOf(plan: Plan, layout: Layout, { kind, target, between }: FaultPlan): Targets {
  const places = layout.places.flatMap(({ name, kind: place }, number) => {
    const wanted = kind === 'clock-skew' || place === (kind.startsWith('broker-') ? 'node' : 'server');
    return target === null ? (wanted ? [number] : []) : name === target ? [number] : [];
  });
  const clients = membersOf(plan).flatMap(({ name, group }, client) =>
    target === null || name === target || group.name === target ? [client] : [],
  );
  const { servers } = plan;
  const isServer = target?.startsWith('server-') === true;
  return {
    clients,
    servers: places.filter((place) => place < servers.count),
    places,
    links:
      between !== undefined
        ? []
        : linksTo(layout, target, clients, isServer ? places : [], isAtClients(plan)),
  };
}

/** Whether the links to a server are those of the clients: it is the only one, and no connection ends before it. */
export const isAtClients = ({
  servers,
  edge,
}: {
  servers: { count: number };
  edge: { loadBalancer: unknown; tls: string; proxy: object | null };
}): boolean => servers.count === 1 && edge.loadBalancer === null && !proxyReads(edge);

/** Servers that join while the run is under way, by number: until then there is nobody. */
export function joiningServers(plan: Plan, layout: Layout): number[] {
  return plan.faults.flatMap((fault) =>
    fault.kind === 'server-join' ? targetsOf(plan, layout, fault).servers : [],
  );
}

function linksTo(
  layout: Layout,
  target: string | null,
  clients: number[],
  named: number[],
  atClients: boolean,
): number[] {
  const { length } = layout.clients;
  const servers = layout.servers.length;
  const own =
    named.length === 0
      ? clients
      : atClients
        ? layout.clients.map((_, client) => client)
        : named.map((server) => length + server);
  const isGroup = target !== null && clients.length > 0;
  const at = target === null || isGroup ? -1 : layout.places.findIndex(({ name }) => name === target);
  const peers = layout.peers.flatMap(({ from, to }, index) =>
    at >= 0 && (from === at || to === at) ? [length + servers + index] : [],
  );
  return [...own, ...peers];
}

/** What the load balancer and the proxy are called. */
export const BALANCER = 'load-balancer';
export const PROXY = 'proxy';

/**
 * The links between two places, or groups of them, each with the way that leads from the first to the second. The load
 * balancer, where there is one, has a link to each server.
 */
export function linksBetween(
  layout: Layout,
  [a = '', b = '']: readonly string[],
): { link: number; forth: 'up' | 'down' }[] {
  const first = placesNamed(layout, a);
  const second = placesNamed(layout, b);
  const isServer = (place: number) => layout.places[place]?.kind === 'server';
  const { length } = layout.clients;
  if (a === BALANCER)
    return second.filter(isServer).map((server) => ({ link: length + server, forth: 'up' }));
  if (b === BALANCER)
    return first.filter(isServer).map((server) => ({ link: length + server, forth: 'down' }));
  const before = length + layout.servers.length;
  return layout.peers.flatMap(({ from, to }, index): { link: number; forth: 'up' | 'down' }[] => {
    if (first.includes(from) && second.includes(to)) return [{ link: before + index, forth: 'up' }];
    if (first.includes(to) && second.includes(from)) return [{ link: before + index, forth: 'down' }];
    return [];
  });
}

/** The places that a name of a partition means: one, or all of a group. */
export function placesNamed(layout: Pick<Layout, 'places'>, name: string): number[] {
  const group = Object.hasOwn(PLACE_GROUPS, name) ? PLACE_GROUPS[name as keyof typeof PLACE_GROUPS] : null;
  return layout.places.flatMap((place, number) =>
    (group === null ? place.name === name : place.kind === group) ? [number] : [],
  );
}
