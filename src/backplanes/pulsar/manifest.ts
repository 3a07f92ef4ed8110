import type { BackplaneManifest } from '../../engine/contract/backplane.ts';
import { subscriptionsOf, TOPIC_NAME } from './names.ts';
import { CLIENT_OPTIONS, CLUSTER_OPTIONS } from './options.ts';
import { VOCABULARY } from './vocabulary.ts';

const nodes = (name: string, title: string, count: unknown) =>
  Array.from({ length: count as number }, (_, i) => ({
    name: `${name}-${i + 1}`,
    title: `${title} ${i + 1}`,
  }));

/** Everybody gets everything, nothing fails in an application, and what is not confirmed is sent until it is. */
const careful = { subscriptionType: 'exclusive', sendTimeoutMs: null };

/** What it is, what it can be told, and how far it can be trusted. */
export const pulsarManifest: BackplaneManifest = {
  kind: 'pulsar',
  title: 'Apache Pulsar',
  about:
    'Brokers that own topics but store nothing, and bookies that store them: when a broker dies, its topics move without a byte being copied.',
  options: { ...CLIENT_OPTIONS, ...CLUSTER_OPTIONS },
  nodes: ({ brokers, bookies }) => [
    ...nodes('broker', 'Broker', brokers),
    ...nodes('bookie', 'Bookie', bookies),
    { name: 'metadata', title: 'Metadata' },
  ],
  links: ['source-node', 'server-node', 'node-node'],
  logs: ({ partitions }) => [{ name: TOPIC_NAME, partitions: partitions as number }],
  consumers: ({ subscriptionType }, servers) => subscriptionsOf(subscriptionType as string, servers),
  guarantees: [
    { when: { ...careful, nackPct: 0 }, delivery: 'at least once', ordered: 'room', replay: true },
    { when: careful, delivery: 'at least once', ordered: 'none', replay: true },
    // A producer gives up after its sendTimeout.
    {
      when: { subscriptionType: 'exclusive', nackPct: 0 },
      delivery: 'unspecified',
      ordered: 'room',
      replay: true,
    },
    // A subscription that servers share hands each message to one of them.
    { delivery: 'unspecified', ordered: 'none', replay: true },
  ],
  vocabulary: VOCABULARY,
  sources: [
    'Apache Pulsar: conf/broker.conf, ServiceConfiguration, ConsumerConfigurationData, ProducerConfigurationData, PersistentAcknowledgmentsGroupingTracker',
    'Apache Pulsar: PulsarHandler (keepAliveIntervalSeconds), Backoff (the mandatory stop), ConsumerImpl (messageProcessed)',
    'Apache Pulsar 3.1 documentation: message deduplication',
    'Apache Pulsar documentation: Reader interface (startMessageId), message retention (defaultRetentionTimeInMinutes 0)',
    'PIP-379 (Pulsar 4.0): Key_Shared subscriptions, and what they do not promise after a negative acknowledgement',
  ],
  leavesOut: [
    'BookKeeper’s change of ensembles and recovery of ledgers follow how they are generally described, not its source. Where there is no other bookie, one that does not answer is asked again, where Pulsar would refuse what is sent.',
    'A lookup that fails goes to the next broker at once. The metadata store’s client has no timeouts of its own: TCP’s probes stand in.',
    'Bundles: each partition is placed by itself, on the broker that has the fewest; and nothing is moved for the sake of balance.',
    'The metadata store is one node, which keeps its data through a crash.',
    'Bookies keep ledgers that are consumed, but no reader finds one that is closed, consumed and past its retention; Pulsar looks for such every two minutes. A ledger is not closed for its age or size (from ten minutes on).',
    'Time to live, quotas, offloading, the broker’s cache of entries, and re-replication after a bookie is lost.',
    'A consumer’s ledger of its cursor: the newest state of a cursor lies on as many bookies as an entry does.',
    'The probe of an old connection when a consumer comes back (connectionLivenessCheckTimeout): it is replaced at once.',
    'Key_Shared by consistent hashing: a room goes to the consumer that its hash points at among those that are there.',
    'Acknowledgement of parts of a batch on the broker, transactions, chunks, schemas, geo-replication, TLS.',
  ],
};
