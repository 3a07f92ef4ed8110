import type { BackplaneManifest } from '../../engine/contract/backplane.ts';
import { subscriptionsOf, TOPIC_NAME, ZONES } from './names.ts';
import { CLIENT_OPTIONS, COST_OPTIONS, SUBSCRIPTION_OPTIONS } from './options.ts';
import { VOCABULARY } from './vocabulary.ts';

const kept = { subscription: 'per-server', maxDeliveryAttempts: null };

/** What it is, what it can be told, and how far it can be trusted. */
export const googlePubsubManifest: BackplaneManifest = {
  kind: 'google-pubsub',
  title: 'Google Cloud Pub/Sub',
  about:
    'A service that stores each message in two zones and sends it to every subscription until it is acknowledged in time.',
  options: { ...SUBSCRIPTION_OPTIONS, ...CLIENT_OPTIONS, ...COST_OPTIONS },
  nodes: () => [
    { name: 'pubsub', title: 'Pub/Sub' },
    ...Array.from({ length: ZONES }, (_, zone) => {
      const letter = 'abc'[zone] as string;
      return { name: `zone-${letter}`, title: `Storage in zone ${letter}` };
    }),
  ],
  links: ['source-node', 'server-node', 'node-node'],
  logs: () => [{ name: TOPIC_NAME, partitions: 1 }],
  consumers: ({ subscription }, servers) => subscriptionsOf(subscription as string, servers),
  guarantees: [
    {
      when: { ...kept, enableMessageOrdering: true },
      delivery: 'at least once',
      ordered: 'room',
      replay: true,
    },
    // Exactly once is the delivery of what was published: a publisher that tries again publishes it twice.
    {
      when: { ...kept, enableExactlyOnceDelivery: true },
      delivery: 'at least once',
      ordered: 'none',
      replay: true,
    },
    { when: kept, delivery: 'at least once', ordered: 'none', replay: true },
    // A shared subscription hands a message to one of the servers; a dead-letter topic takes messages away.
    { delivery: 'unspecified', ordered: 'none', replay: true },
  ],
  vocabulary: VOCABULARY,
  sources: [
    'Google Cloud documentation: exactly-once-delivery, ordering, lease-management, subscription-retry-policy',
    'Google Cloud documentation: publish-message-overview (three zones; two have a message before it is confirmed)',
    'Google Cloud documentation: replay-overview (what seek can bring back, and that it is eventually consistent)',
    'googleapis: google/pubsub/v1/pubsub.proto',
    '@google-cloud/pubsub 5.3.0 for Node.js: src/v1/publisher_client_config.json and subscriber_client_config.json (calls that are made again), src/lease-manager.ts, message-queues.ts, message-stream.ts, exponential-retry.ts, publisher/message-queues.ts',
    'Kamal Aboul-Hosn, Google Cloud Pub/Sub Ordered Delivery (2020): order, consistent redelivery, affinity',
  ],
  leavesOut: [
    'What is inside is assumed, as Google publishes little of it: one process in front of the storage, where there are many; a message is sent out when it is stored; leases are stored only where delivery is exactly once.',
    'Without ordering keys messages also mix because they take different ways through the service; here they do only when one is sent again.',
    'One stream for each subscriber (the library opens five), and the service’s limits and quotas.',
    'The library’s adaptation of its extensions to how long the application needs (99th percentile).',
    'Exactly-once with ordering keys: acknowledgements out of order, which would fail for a while.',
    'There is no replay for one client that comes back (servers.replayFrom): the API cannot read from a message on. What a server has not acknowledged comes to it again by itself. Seek, to a time or to a snapshot, moves a whole subscription and with it every room of its server, takes up to a minute to take effect, and brings back what was acknowledged only where that is retained, which is off by default; it is left out, as a subscription of its own for each client would be.',
    'Push subscriptions, filters, regions, TLS.',
  ],
};
