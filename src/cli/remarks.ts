import type { Report } from '../scenarios/report.ts';

/** What is seldom, and matters when it happens: a line for each group, the servers, what stands before them and hop 2. */
export function remarks(report: Report): string[] {
  const groups = Object.entries(report.groups).map(([name, group]) => line(name, groupRemarks(group)));
  const lines = [
    ...groups,
    line('servers', serverRemarks(report)),
    line('load balancer', balancerRemarks(report)),
    line('proxy', proxyRemarks(report)),
    line(`hop 2, ${report.backplane.kind}`, backplaneRemarks(report)),
    deadEnd(report),
  ];
  return lines.filter((text) => text !== '');
}

/** A number that is left out where it is nothing. */
type Remark = readonly [value: number, one: string, several: string];

const same = (value: number, words: string): Remark => [value, words, words];

function line(who: string, parts: readonly Remark[]): string {
  const said = parts.filter(([value]) => value > 0);
  if (said.length === 0) return '';
  return `${who}: ${said.map(([value, one, several]) => `${count(value)} ${value === 1 ? one : several}`).join(', ')}`;
}

function groupRemarks({
  neverReady,
  deliveries,
  connections,
  snapshots,
}: Report['groups'][string]): Remark[] {
  return [
    same(neverReady, 'of its clients never got ready'),
    same(connections.failed, 'of its connections failed'),
    [deliveries.duplicates, 'duplicate', 'duplicates'],
    same(deliveries.deduplicated, 'dropped by their id'),
    same(deliveries.outOfOrder, 'out of order'),
    same(deliveries.missed, 'noticed missing'),
    same(deliveries.recovered, 'of those came after all'),
    same(deliveries.bySnapshot, 'by snapshot, not one by one'),
    [snapshots.asked, 'snapshot asked for', 'snapshots asked for'],
  ];
}

function serverRemarks({ servers, topics }: Report): Remark[] {
  const sum = (of: (server: Report['servers'][string]) => number) =>
    Object.values(servers).reduce((total, server) => total + of(server), 0);
  return [
    [sum(({ crashes }) => crashes), 'crash', 'crashes'],
    [sum(({ sentAway }) => sentAway), 'client told to connect anew', 'clients told to connect anew'],
    [
      sum(({ requestsRefused }) => requestsRefused),
      'request refused for want of a thread',
      'requests refused for want of a thread',
    ],
    [sum(({ repeated }) => repeated), 'message handed over again', 'messages handed over again'],
    [topics.reads, 'cached entry read', 'cached entries read'],
  ];
}

function proxyRemarks({ proxy }: Report): Remark[] {
  if (proxy === undefined) return [];
  return [
    [proxy.upgradesRemoved, 'Upgrade removed', 'Upgrades removed'],
    [proxy.upgradesRefused, 'Upgrade refused with 403', 'Upgrades refused with 403'],
    same(proxy.badGateway, '× 502, bad gateway'),
    same(proxy.unavailable, '× 503, no connection to the server'),
    same(proxy.gatewayTimeout, '× 504, gateway timeout'),
    same(proxy.idleTimeouts, 'cut off for being idle'),
  ];
}

function balancerRemarks({ loadBalancer }: Report): Remark[] {
  if (loadBalancer === undefined) return [];
  const of7 = loadBalancer.kind === 'layer-7';
  return [
    same(loadBalancer.badGateway, '× 502, bad gateway'),
    same(loadBalancer.unavailable, of7 ? '× 503, no healthy server' : 'reset, no healthy server'),
    same(loadBalancer.gatewayTimeout, '× 504, gateway timeout'),
    same(loadBalancer.idleTimeouts, 'closed for being idle'),
    [loadBalancer.upgradesRemoved, 'Upgrade removed', 'Upgrades removed'],
    [loadBalancer.failedChecks, 'health check failed', 'health checks failed'],
    [loadBalancer.becameUnhealthy, 'server taken out', 'servers taken out'],
    [loadBalancer.becameHealthy, 'taken in again', 'taken in again'],
    [loadBalancer.crashes, 'crash', 'crashes'],
  ];
}

function backplaneRemarks({ backplane }: Report): Remark[] {
  return [
    [backplane.dropped, 'copy given up', 'copies given up'],
    same(backplane.redelivered, 'sent again because unconfirmed'),
    [backplane.movedClients, 'client moved to another server', 'clients moved to another server'],
    same(backplane.misrouted, 'misrouted'),
    [backplane.wire.lostPackets, 'lost packet', 'lost packets'],
    [backplane.wire.retransmissions, 'packet sent again by TCP', 'packets sent again by TCP'],
  ];
}

/** Why clients of other servers get nothing, which no count of hop 2 tells where there is none. */
function deadEnd({ backplane, servers, totals }: Report): string {
  const isOne = backplane.kind === 'direct' && Object.keys(servers).length > 1;
  return isOne && totals.deliveries.lost > 0
    ? 'hop 2, direct: nothing leads from server-1, where the source is, to the others'
    : '';
}

/** 1234567 → 1 234 567, with a space that does not break. */
export const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0');
