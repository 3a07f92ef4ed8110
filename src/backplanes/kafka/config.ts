import type { Options } from '../../engine/contract/backplane.ts';

/** The options of a run, read once; times in µs. */
export interface Config {
  brokers: number;
  /** Partitions of the topic; the internal topic of offsets comes after them, as partition number `partitions`. */
  partitions: number;
  replicationFactor: number;
  minInsyncReplicas: number;
  acks: '0' | '1' | 'all';
  idempotent: boolean;
  partitioner: 'key' | 'round-robin';
  lingerMs: number;
  batchBytes: number;
  maxInFlight: number;
  requestTimeoutUs: number;
  deliveryTimeoutUs: number;
  retryBackoffMs: number;
  bufferBytes: number;
  replicaLagUs: number;
  brokerHeartbeatMs: number;
  brokerSessionMs: number;
  unclean: boolean;
  pattern: 'broadcast' | 'group';
  assignment: 'range' | 'round-robin' | 'cooperative-sticky';
  fetchMinBytes: number;
  fetchMaxWaitUs: number;
  maxPollRecords: number;
  maxPollIntervalUs: number;
  heartbeatMs: number;
  sessionMs: number;
  initialRebalanceMs: number;
  commit: 'auto' | 'before' | 'after';
  autoCommitUs: number;
  offsetReset: 'latest' | 'earliest';
  retentionUs: number;
  retentionBytes: number;
  segmentBytes: number;
  retentionCheckUs: number;
  retentionFirstUs: number;
  requestUs: number;
}

/** Reads the options of a scenario. */
export function configOf(options: Options): Config {
  const num = (name: string) => options[name] as number;
  const us = (name: string) => Math.round(num(name) * 1000);
  const acks = options.acks as Config['acks'];
  const replicationFactor = Math.min(num('replicationFactor'), num('brokers'));
  return {
    brokers: num('brokers'),
    partitions: num('partitions'),
    replicationFactor,
    // More than there are replicas means all of them (Partition.effectiveMinIsr).
    minInsyncReplicas: Math.min(num('minInsyncReplicas'), replicationFactor),
    acks,
    // With other acks it is switched off without a word (ProducerConfig, enable.idempotence).
    idempotent: options.enableIdempotence === true && acks === 'all',
    partitioner: options.partitioner as Config['partitioner'],
    lingerMs: num('lingerMs'),
    batchBytes: num('batchSizeBytes'),
    maxInFlight: num('maxInFlightRequests'),
    requestTimeoutUs: us('requestTimeoutMs'),
    deliveryTimeoutUs: us('deliveryTimeoutMs'),
    retryBackoffMs: num('retryBackoffMs'),
    bufferBytes: num('bufferMemoryBytes'),
    replicaLagUs: us('replicaLagTimeMaxMs'),
    brokerHeartbeatMs: num('brokerHeartbeatIntervalMs'),
    brokerSessionMs: num('brokerSessionTimeoutMs'),
    unclean: options.uncleanLeaderElection === true,
    pattern: options.pattern as Config['pattern'],
    assignment: options.assignment as Config['assignment'],
    fetchMinBytes: num('fetchMinBytes'),
    fetchMaxWaitUs: us('fetchMaxWaitMs'),
    maxPollRecords: num('maxPollRecords'),
    maxPollIntervalUs: us('maxPollIntervalMs'),
    heartbeatMs: num('heartbeatIntervalMs'),
    sessionMs: num('sessionTimeoutMs'),
    initialRebalanceMs: num('groupInitialRebalanceDelayMs'),
    commit: options.commit as Config['commit'],
    autoCommitUs: us('autoCommitIntervalMs'),
    offsetReset: options.autoOffsetReset as Config['offsetReset'],
    retentionUs: us('retentionMs'),
    retentionBytes: (options.retentionBytes as number | null) ?? Number.POSITIVE_INFINITY,
    segmentBytes: num('segmentBytes'),
    retentionCheckUs: us('retentionCheckIntervalMs'),
    retentionFirstUs: us('logInitialTaskDelayMs'),
    requestUs: us('brokerRequestMs'),
  };
}
