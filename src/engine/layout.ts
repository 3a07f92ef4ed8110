import type { BackplaneManifest, LinkedPair } from './contract/backplane.ts';
import type { LinkOptions } from './contract/link-options.ts';
import type { ClientPlace, DatacenterPlace, Layout } from './contract/network.ts';
import type { Plan } from './contract/plan.ts';
import { proxyReads } from './contract/proxy.ts';

/** Every client of a plan in the order of its number, with the group that it is one of. */
export function membersOf(plan: Plan): (ClientPlace & { group: Plan['clients'][number] })[] {
  return plan.clients.flatMap((group) =>
    Array.from({ length: group.count }, (_, index) => ({
      group,
      name: `${group.name}/${index + 1}`,
      link: group.network,
    })),
  );
}

/** Who there is and which links, in the order of their numbers: it follows from the plan alone. */
export function layoutOf(plan: Plan, backplane: BackplaneManifest): Layout {
  const places = placesOf(plan, backplane);
  return {
    clients: membersOf(plan),
    servers: serverLinks(plan.servers.count),
    places,
    peers: linkedPairs(places, backplane.links),
    edge: plan.edge.loadBalancer !== null && proxyReads(plan.edge) ? 'edge' : null,
  };
}

/** The names of all servers. */
export const serverNames = (plan: Plan): string[] =>
  Array.from({ length: plan.servers.count }, (_, server) => `server-${server + 1}`);

/** Each server has a link of its own to the edge; a single server's is the datacenter's. */
function serverLinks(count: number): string[] {
  if (count === 1) return ['datacenter'];
  return Array.from({ length: count }, (_, server) => `datacenter/server-${server + 1}`);
}

/** Processes in the datacenter: servers, the backplane's nodes, and publishers that are no clients. */
function placesOf(plan: Plan, backplane: BackplaneManifest): DatacenterPlace[] {
  const sources = plan.publishers.filter(({ client }) => client === null);
  return [
    ...serverNames(plan).map((name, index) => ({ name, title: '', kind: 'server' as const, index })),
    ...backplane
      .nodes(plan.backplane)
      .map(({ name, title }, index) => ({ name, title, kind: 'node' as const, index })),
    ...sources.map(({ name }, index) => ({ name, title: '', kind: 'source' as const, index })),
  ];
}

/** A link for each pair of places that the backplane links; up is from the first to the second. */
function linkedPairs(places: readonly DatacenterPlace[], links: readonly LinkedPair[]): Layout['peers'] {
  return links.flatMap((pair) => {
    const [first, second] = pair.split('-') as [DatacenterPlace['kind'], DatacenterPlace['kind']];
    return places.flatMap((a, from) =>
      places.flatMap((b, to) =>
        a.kind === first && b.kind === second && (first !== second || from < to)
          ? [{ name: `${a.name}–${b.name}`, from, to }]
          : [],
      ),
    );
  });
}

/** The options of all links, by number: the clients' own, and the datacenter's. */
export function linkOptionsOf(plan: Plan, { clients, servers, peers, edge }: Layout): LinkOptions[] {
  const length = servers.length + peers.length + (edge === null ? 0 : 1);
  const inside = Array<LinkOptions>(length).fill(plan.network.datacenter);
  return [...clients.map(({ link }) => link), ...inside];
}
