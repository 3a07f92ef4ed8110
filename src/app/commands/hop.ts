import { MOST_SERVERS } from '../../pages/play/touch/usual.ts';
import type { Controller } from '../controller.ts';
import type { Command, Topic } from './command.ts';

/** Hop 2 and the servers: another backplane, more or fewer servers, a load balancer, a proxy. */
export const hopCommands: Topic = (controller) => {
  const { plan, rules } = controller.store.getState();
  const kinds = Object.values(rules?.REGISTRIES.backplanes ?? {});
  return [
    ...kinds.map(
      ({ kind, title, about }): Command => ({
        id: `backplane.${kind}`,
        title: `Backplane: ${title}`,
        group: 'Change',
        effect: () => (plan.backplane.kind === kind ? 'It is what this scenario has.' : about),
        enabled: () => plan.backplane.kind !== kind,
        run: () => controller.setBackplane(kind),
      }),
    ),
    servers(controller, 1),
    servers(controller, -1),
    ...([null, 'layer-4', 'layer-7'] as const).map(
      (kind): Command => ({
        id: `balancer.${kind ?? 'none'}`,
        title: kind === null ? 'Take the load balancer away' : `Load balancer: ${kind.replace('-', ' ')}`,
        group: 'Change',
        effect: () =>
          kind === null
            ? 'Clients are dealt out to servers by their name, and connect to them.'
            : (rules?.LOAD_BALANCER_KINDS[kind].about ?? 'It stands between clients and servers.'),
        enabled: () => (plan.edge.loadBalancer?.kind ?? null) !== kind,
        run: () => controller.setBalancer(kind),
      }),
    ),
    ...([null, 'intercepting'] as const).map(
      (kind): Command => ({
        id: `proxy.${kind ?? 'none'}`,
        title: kind === null ? 'Take the proxy away' : 'Proxy: intercepting',
        group: 'Change',
        effect: () =>
          kind === null
            ? 'Nothing is on the clients’ way.'
            : (rules?.PROXY_KINDS[kind].about ?? 'It takes what goes to port 80.'),
        enabled: () => (plan.edge.proxy?.kind ?? null) !== kind,
        run: () => controller.setProxy(kind),
      }),
    ),
  ];
};

function servers(controller: Controller, by: 1 | -1): Command {
  const { count } = controller.store.getState().plan.servers;
  const next = count + by;
  return {
    id: by > 0 ? 'servers.more' : 'servers.fewer',
    title: by > 0 ? 'Add a server' : 'Take a server away',
    group: 'Change',
    effect: () => `There will be ${next} ${next === 1 ? 'server' : 'servers'} in the whole run.`,
    enabled: () => next >= 1 && next <= MOST_SERVERS,
    run: () => controller.setServers(next),
  };
}
