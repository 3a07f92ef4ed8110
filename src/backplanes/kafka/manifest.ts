import type { BackplaneManifest, Claim } from '../../engine/contract/backplane.ts';
import { consumersOf, TOPIC_NAME } from './names.ts';
import { CONSUMERS, PRODUCERS } from './options-clients.ts';
import { CLUSTER } from './options-cluster.ts';
import { VOCABULARY } from './vocabulary.ts';

/** Records that are written once and in order, replicas that were in sync, and readers that always know where to begin. */
const careful = {
  pattern: 'broadcast',
  acks: 'all',
  enableIdempotence: true,
  partitioner: 'key',
  uncleanLeaderElection: false,
  autoOffsetReset: 'earliest',
};

/** The first that fits counts. */
const GUARANTEES: readonly Claim[] = [
  {
    when: { ...careful, commit: 'before' },
    delivery: 'at most once',
    ordered: 'room',
    replay: false,
  },
  { when: { ...careful, commit: 'after' }, delivery: 'at least once', ordered: 'room', replay: true },
  { when: { ...careful, commit: 'auto' }, delivery: 'at least once', ordered: 'room', replay: true },
  // Nobody tries again (0), or the one that confirmed it dies with it (1).
  { when: { acks: '0' }, delivery: 'unspecified', ordered: 'none', replay: false },
  { when: { acks: '1' }, delivery: 'unspecified', ordered: 'none', replay: false },
  { when: { partitioner: 'round-robin' }, delivery: 'unspecified', ordered: 'none', replay: false },
  // Without numbers five requests are under way at a time, and one that is repeated comes behind the next.
  { when: { enableIdempotence: false }, delivery: 'unspecified', ordered: 'none', replay: false },
  // An election of a replica that was not in sync throws away what was committed.
  { when: { uncleanLeaderElection: true }, delivery: 'unspecified', ordered: 'none', replay: false },
  // By default (latest) a consumer that crashes before its first commit begins again at the end; and in a group a message
  // reaches the server that has its partition, and no other.
  { delivery: 'unspecified', ordered: 'room', replay: false },
];

/** What it is, what it can be told, and how far it can be trusted. */
export const kafkaManifest: BackplaneManifest = {
  kind: 'kafka',
  title: 'Kafka',
  about:
    'A replicated log in partitions: servers read it at their own pace, each from an offset that it commits.',
  options: { ...CLUSTER, ...PRODUCERS, ...CONSUMERS },
  nodes: ({ brokers }) => [
    ...Array.from({ length: brokers as number }, (_, broker) => ({
      name: `kafka-${broker + 1}`,
      title: `Broker ${broker + 1}`,
    })),
    { name: 'controller', title: 'Controller' },
  ],
  links: ['source-node', 'server-node', 'node-node'],
  logs: ({ partitions }) => [{ name: TOPIC_NAME, partitions: partitions as number }],
  consumers: ({ pattern }, servers) => consumersOf(pattern as string, servers),
  guarantees: GUARANTEES,
  vocabulary: VOCABULARY,
  sources: [
    'Apache Kafka 4.0 documentation: design (replication, message delivery semantics)',
    'Apache Kafka 4.0 source, the defaults (trunk as 4.0.0-SNAPSHOT, 25 October 2024): ProducerConfig, ConsumerConfig, CommonClientConfigs, GroupCoordinatorConfig, ReplicationConfigs, ServerLogConfigs, LogConfig, KRaftConfigs; what changed after it: KIP-1030 (linger.ms)',
    'Apache Kafka 4.0 source: Utils.murmur2, RecordAccumulator, Partition, ReplicaManager, ClusterControlManager, ReplicationControlManager, ClassicGroup',
    'KIP-62 (heartbeats apart from poll), KIP-98 (idempotence), KIP-101, KIP-320 and KIP-595 (truncation by epoch), KIP-360, KIP-429 (cooperative rebalance), KIP-497 (AlterPartition), KIP-631 (brokers and the controller)',
  ],
  leavesOut: [
    'A quorum of controllers: there is one, which keeps its log through a crash.',
    'The epoch beside a committed offset (KIP-320): a consumer that begins there does not ask whether the log was cut off behind it.',
    'The disk: what is written is in the page cache and outlives the process, as it does unless the machine dies.',
    'The group protocol of KIP-848, static membership, and the extra round trip for a member id (KIP-394).',
    'Requests for a producer id and for the coordinator; all groups share one coordinator and one partition of offsets, which every broker’s metadata names.',
    'One produce request carries the batch of one partition; compression, transactions, quotas, fetch sessions, fetching from followers.',
    'The return of leadership to a broker that is back (every five minutes), controlled shutdown, eligible leader replicas (KIP-966).',
  ],
};
