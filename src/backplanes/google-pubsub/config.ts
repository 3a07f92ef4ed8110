import type { Options } from '../../engine/contract/backplane.ts';

/** The client library asks for at least this long where delivery is exactly once (lease-management). */
const EXACTLY_ONCE_LEASE_MS = 60_000;

/** The options of a run, read once; times in µs, or in ms where a machine waits for them. */
export interface Config {
  shared: boolean;
  ackDeadlineUs: number;
  /** How long the client library asks for at a time. */
  leaseMs: number;
  maxExtensionUs: number;
  maxMessages: number;
  maxBytes: number;
  ordered: boolean;
  exactlyOnce: boolean;
  backsOff: boolean;
  minimumBackoffUs: number;
  maximumBackoffUs: number;
  /** Infinity: there is no dead-letter topic. */
  maxAttempts: number;
  retentionUs: number;
  batchMessages: number;
  batchBytes: number;
  batchMs: number;
  ackBatchMs: number;
  nackShare: number;
  requestUs: number;
  deliveryUs: number;
  zoneWriteUs: number;
}

/** Reads the options of a scenario. */
export function configOf(options: Options): Config {
  const num = (name: string) => options[name] as number;
  const us = (name: string) => Math.round(num(name) * 1000);
  const exactlyOnce = options.enableExactlyOnceDelivery === true;
  return {
    shared: options.subscription === 'shared',
    ackDeadlineUs: us('ackDeadlineMs'),
    leaseMs: Math.max(num('ackDeadlineMs'), exactlyOnce ? EXACTLY_ONCE_LEASE_MS : 0),
    maxExtensionUs: us('maxExtensionMs'),
    maxMessages: num('maxMessages'),
    maxBytes: num('maxBytes'),
    ordered: options.enableMessageOrdering === true,
    exactlyOnce,
    backsOff: options.retryPolicy === 'exponential',
    minimumBackoffUs: us('minimumBackoffMs'),
    maximumBackoffUs: us('maximumBackoffMs'),
    maxAttempts: (options.maxDeliveryAttempts as number | null) ?? Number.POSITIVE_INFINITY,
    retentionUs: us('messageRetentionMs'),
    batchMessages: num('batchMaxMessages'),
    batchBytes: num('batchMaxBytes'),
    batchMs: num('batchMaxMs'),
    ackBatchMs: num('ackBatchMs'),
    nackShare: num('nackPct') / 100,
    requestUs: us('serviceRequestMs'),
    deliveryUs: us('serviceDeliveryMs'),
    zoneWriteUs: us('zoneWriteMs'),
  };
}
