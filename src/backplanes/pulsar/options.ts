import type { OptionSpecs } from '../../engine/contract/option-spec.ts';

const BROKER_CONF = 'Pulsar, conf/broker.conf and ServiceConfiguration.java';
const CONSUMER = 'Pulsar, ConsumerConfigurationData.java';
const PRODUCER = 'Pulsar, ProducerConfigurationData.java';

const count = (max: number, value: number, about: string, source: string, min = 1) =>
  ({ type: 'number', unit: '', min, max, integer: true, default: value, about, source }) as const;

const ms = (value: number, about: string, source: string, max = 3_600_000, min = 0) =>
  ({ type: 'number', unit: 'ms', min, max, default: value, about, source }) as const;

/** The cluster. */
export const CLUSTER_OPTIONS: OptionSpecs = {
  brokers: count(
    6,
    2,
    'Brokers: they own topics, and store nothing.',
    'a choice: one can take over from the other',
  ),
  bookies: count(6, 3, 'Bookies: they store ledgers and cursors.', 'a choice: one more than a ledger needs'),
  partitions: count(
    12,
    2,
    'Partitions of the topic; each is owned by one broker.',
    'a choice: one for each broker',
  ),
  ensembleSize: count(
    6,
    2,
    'Bookies that a ledger is spread over.',
    `${BROKER_CONF}: managedLedgerDefaultEnsembleSize 2`,
  ),
  writeQuorum: count(
    6,
    2,
    'Bookies that each entry is written to.',
    `${BROKER_CONF}: managedLedgerDefaultWriteQuorum 2`,
  ),
  ackQuorum: count(
    6,
    2,
    'Bookies that have to have an entry before it is confirmed.',
    `${BROKER_CONF}: managedLedgerDefaultAckQuorum 2`,
  ),
  metadataSessionTimeoutMs: ms(
    30_000,
    'After so long without a sign a broker’s topics are free for another.',
    `${BROKER_CONF}: metadataStoreSessionTimeoutMillis 30000`,
    3_600_000,
    1_000,
  ),
  cursorWriteIntervalMs: ms(
    1_000,
    'A cursor is written to the bookies at most so often; what was acknowledged since comes again after a failover.',
    `${BROKER_CONF}: managedLedgerDefaultMarkDeleteRateLimit 1.0 a second`,
  ),
  retentionMs: ms(
    0,
    'How long a ledger is kept after it was closed, when all subscriptions are done with it. What is kept can be read again, for clients that come back.',
    `${BROKER_CONF}: defaultRetentionTimeInMinutes 0, defaultRetentionSizeInMB 0`,
    604_800_000,
  ),
  activeConsumerFailoverDelayMs: {
    ...ms(
      1_000,
      'How long it takes until the next consumer is sent anything.',
      `${BROKER_CONF}: activeConsumerFailoverDelayTimeMillis 1000`,
    ),
    needs: { subscriptionType: ['failover'] },
  },
  deduplication: {
    type: 'flag',
    default: false,
    about: 'Brokers drop what a producer sends again though it is stored, by its sequence numbers.',
    source: `${BROKER_CONF}: brokerDeduplicationEnabled false`,
  },
  brokerCommandMs: ms(0.02, 'CPU time of a broker for a command.', 'an estimate', 1_000),
  brokerDispatchMs: ms(
    0.005,
    'CPU time of a broker for sending an entry to a consumer.',
    'an estimate',
    1_000,
  ),
  bookieWriteMs: ms(
    0.1,
    'Time that a bookie needs for a request.',
    'an estimate: a journal on flash storage',
    1_000,
  ),
};

/** Producers and consumers. */
export const CLIENT_OPTIONS: OptionSpecs = {
  subscriptionType: {
    type: 'choice',
    values: ['exclusive', 'failover', 'shared', 'key-shared'],
    default: 'exclusive',
    about:
      'exclusive: each server has a subscription of its own, and gets everything. Otherwise all servers share one: failover, one server for each partition; shared, any server any message; key-shared, each room one server.',
    source: `${CONSUMER}: subscriptionType Exclusive`,
  },
  acknowledge: {
    type: 'choice',
    values: ['individual', 'cumulative'],
    default: 'individual',
    about: 'Each message by itself, or (exclusive and failover) all up to one.',
    source: 'a choice: both are the application’s',
  },
  receiverQueueSize: {
    type: 'number',
    unit: 'messages',
    min: 1,
    max: 100_000,
    integer: true,
    default: 1_000,
    about: 'Messages that a consumer asks for in advance.',
    source: `${CONSUMER}: receiverQueueSize 1000`,
  },
  acknowledgmentGroupMs: ms(
    100,
    'A consumer gathers acknowledgements for so long.',
    `${CONSUMER}: acknowledgementsGroupTimeMicros 100 ms`,
  ),
  negativeAckRedeliveryDelayMs: {
    ...ms(
      60_000,
      'How long after a message could not be processed it is asked for again.',
      `${CONSUMER}: negativeAckRedeliveryDelayMicros 1 min`,
    ),
    needs: { nackPct: 'above 0' },
  },
  ackTimeoutMs: {
    type: 'number',
    unit: 'ms',
    min: 1_000,
    max: 3_600_000,
    orNull: 'off',
    default: null,
    about: 'What is not acknowledged so long after the application took it is asked for again.',
    source: `${CONSUMER}: ackTimeoutMillis 0, which is off`,
  },
  nackPct: {
    type: 'number',
    unit: '%',
    min: 0,
    max: 100,
    default: 0,
    about:
      'Share of the messages that the application of a server cannot process (a negative acknowledgement).',
    source: 'a choice: none',
  },
  batchingMaxPublishDelayMs: ms(
    1,
    'A producer gathers messages of a room for so long.',
    `${PRODUCER}: batchingMaxPublishDelayMicros 1 ms`,
  ),
  batchingMaxMessages: {
    type: 'number',
    unit: 'messages',
    min: 1,
    max: 10_000,
    integer: true,
    default: 1_000,
    about: 'A producer sends what it has gathered when it has so many messages.',
    source: `${PRODUCER}: batchingMaxMessages 1000`,
  },
  batchingMaxBytes: {
    type: 'number',
    unit: 'bytes',
    min: 1,
    max: 5_242_880,
    integer: true,
    default: 131_072,
    about: 'A producer sends what it has gathered before it would have more bytes.',
    source: `${PRODUCER}: batchingMaxBytes 128 KB`,
  },
  sendTimeoutMs: {
    type: 'number',
    unit: 'ms',
    min: 1_000,
    max: 3_600_000,
    orNull: 'never',
    default: 30_000,
    about: 'A message that no broker has confirmed for so long is given up.',
    source: `${PRODUCER}: sendTimeoutMs 30000`,
  },
};
