import type { ClientPlace, Layout } from './contract/network.ts';
import type { Plan } from './contract/plan.ts';

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

/** Which links there are, in the order of their numbers: it follows from the plan alone. */
export function layoutOf(plan: Plan): Layout {
  return { clients: membersOf(plan), servers: serverLinks(plan.servers.count) };
}

/** Each server has a link of its own to the edge; a single server's is the datacenter's. */
function serverLinks(count: number): string[] {
  if (count === 1) return ['datacenter'];
  return Array.from({ length: count }, (_, server) => `datacenter/server-${server + 1}`);
}
