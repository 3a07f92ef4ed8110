import type { ClientHost } from './client/client-host.ts';
import type { GroupFacts } from './contract/facts.ts';
import type { Network } from './contract/network.ts';
import type { DeliveryCounts, Ledger } from './ledger.ts';

/** What has been counted so far of a client group. */
export function groupFacts(
  name: string,
  members: readonly ClientHost[],
  counts: DeliveryCounts,
  ledger: Ledger,
  network: Network,
): GroupFacts {
  const total = (of: (client: number) => number) => members.reduce((sum, { client }) => sum + of(client), 0);
  const wire = members.map(({ client }) => network.wire(client));
  const connections = members.map(({ client }) => network.connections(client));
  const dns = members.map(({ client }) => network.dns(client));
  const responses = members.map(({ client }) => network.responses(client));
  const held = members.map(({ client }) => network.held(client));
  return {
    name,
    clients: members.length,
    neverReady: members.filter(({ client }) => !ledger.isReady(client)).length,
    expected: total((client) => ledger.expected(client)),
    ...counts,
    snapshots: { ...counts.snapshots },
    http: {
      requests: total((client) => network.requests(client)),
      emptyResponses: members.reduce((sum, { emptyResponses }) => sum + emptyResponses, 0),
      responses: {
        firstByteUs: responses.flatMap(({ firstByteUs }) => firstByteUs),
        lastByteUs: responses.flatMap(({ lastByteUs }) => lastByteUs),
      },
    },
    dns: added(dns, ['answers', 'cached', 'repeated', 'lookupUs']),
    connections: added(connections, ['attempts', 'opened', 'failed', 'closed', 'reconnects']),
    held: added(held, ['holes', 'us']),
    wire: added(wire, ['packets', 'bytes', 'lostPackets', 'retransmissions']),
  };
}

/** Field by field the sum of records. */
function added<K extends string>(records: Record<K, number>[], keys: readonly K[]): Record<K, number> {
  const sums = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  for (const record of records) for (const key of keys) sums[key] += record[key];
  return sums;
}
