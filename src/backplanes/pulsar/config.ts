import type { Options } from '../../engine/contract/backplane.ts';

export type SubscriptionType = 'exclusive' | 'failover' | 'shared' | 'key-shared';

/** The options of a run, read once; times in µs, or in ms where a machine waits for them. */
export interface Config {
  brokers: number;
  bookies: number;
  partitions: number;
  ensemble: number;
  writeQuorum: number;
  ackQuorum: number;
  type: SubscriptionType;
  cumulative: boolean;
  receiverQueue: number;
  ackGroupMs: number;
  nackDelayUs: number;
  /** Infinity: off. */
  ackTimeoutUs: number;
  nackShare: number;
  batchMs: number;
  batchMessages: number;
  batchBytes: number;
  /** Infinity: none. */
  sendTimeoutUs: number;
  deduplicates: boolean;
  sessionMs: number;
  failoverDelayUs: number;
  /** How long a ledger is kept that everybody is done with. */
  retentionUs: number;
  cursorWriteUs: number;
  brokerUs: number;
  dispatchUs: number;
  bookieUs: number;
}

/** Reads the options of a scenario. Quorums are no larger than what they are taken from. */
export function configOf(options: Options): Config {
  const num = (name: string) => options[name] as number;
  const us = (name: string) =>
    options[name] === null ? Number.POSITIVE_INFINITY : Math.round(num(name) * 1000);
  const ensemble = Math.min(num('ensembleSize'), num('bookies'));
  const writeQuorum = Math.min(num('writeQuorum'), ensemble);
  const type = options.subscriptionType as SubscriptionType;
  return {
    brokers: num('brokers'),
    bookies: num('bookies'),
    partitions: num('partitions'),
    ensemble,
    writeQuorum,
    ackQuorum: Math.min(num('ackQuorum'), writeQuorum),
    type,
    // Where several consumers share a subscription, nobody can speak for all messages before one.
    cumulative: options.acknowledge === 'cumulative' && (type === 'exclusive' || type === 'failover'),
    receiverQueue: num('receiverQueueSize'),
    ackGroupMs: num('acknowledgmentGroupMs'),
    nackDelayUs: us('negativeAckRedeliveryDelayMs'),
    ackTimeoutUs: us('ackTimeoutMs'),
    nackShare: num('nackPct') / 100,
    batchMs: num('batchingMaxPublishDelayMs'),
    batchMessages: num('batchingMaxMessages'),
    batchBytes: num('batchingMaxBytes'),
    sendTimeoutUs: us('sendTimeoutMs'),
    deduplicates: options.deduplication === true,
    sessionMs: num('metadataSessionTimeoutMs'),
    retentionUs: us('retentionMs'),
    failoverDelayUs: us('activeConsumerFailoverDelayMs'),
    cursorWriteUs: us('cursorWriteIntervalMs'),
    brokerUs: us('brokerCommandMs'),
    dispatchUs: us('brokerDispatchMs'),
    bookieUs: us('bookieWriteMs'),
  };
}
