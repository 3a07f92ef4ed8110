import type { Options } from '../../../engine/contract/backplane.ts';
import { type ConnectionConfig, connectionConfigOf, type ServerConfig, serverConfigOf } from '../options.ts';
import type { AckPolicy, DeliverPolicy } from './api.ts';
import type { StreamLimits } from './stream.ts';

/** The options of a run, read once; times in µs unless they say otherwise. */
export interface Config {
  server: ServerConfig;
  connection: ConnectionConfig;
  stream: StreamLimits;
  pattern: 'ordered' | 'durable' | 'shared';
  ackPolicy: AckPolicy;
  deliverPolicy: DeliverPolicy;
  startSeq: number;
  replayPolicy: 'instant' | 'original';
  ackWaitUs: number;
  backoffUs: readonly number[];
  maxDeliver: number;
  maxAckPending: number;
  heartbeatUs: number;
  inactiveUs: number;
  pullBatch: number;
  pullExpiresUs: number;
  msgId: boolean;
  publishTimeoutMs: number;
  publishRetries: number | null;
  appendUs: number;
}

const SECOND_US = 1_000_000;
/** What `backoff: "growing"` stands for. */
const GROWING = [1, 5, 15, 30].map((seconds) => seconds * SECOND_US);

export function configOf(options: Options): Config {
  const num = (name: string) => options[name] as number;
  const us = (name: string) => Math.round(num(name) * 1000);
  const backoffUs = options.backoff === 'growing' ? GROWING : [];
  return {
    server: serverConfigOf(options),
    connection: connectionConfigOf(options),
    stream: {
      retention: options.retention as StreamLimits['retention'],
      discard: options.discard as StreamLimits['discard'],
      maxMsgs: options.maxMsgs as number | null,
      maxBytes: options.maxBytes as number | null,
      maxAgeUs: options.maxAgeMs === null ? null : us('maxAgeMs'),
      duplicateWindowUs: us('duplicateWindowMs'),
    },
    pattern: options.pattern as Config['pattern'],
    ackPolicy: options.ackPolicy as AckPolicy,
    deliverPolicy: options.deliverPolicy as DeliverPolicy,
    startSeq: num('optStartSeq'),
    replayPolicy: options.replayPolicy as Config['replayPolicy'],
    // The first step of a backoff takes the place of ack_wait (setConsumerConfigDefaults).
    ackWaitUs: backoffUs[0] ?? us('ackWaitMs'),
    backoffUs,
    maxDeliver: (options.maxDeliver as number | null) ?? -1,
    maxAckPending: num('maxAckPending'),
    heartbeatUs: us('idleHeartbeatMs'),
    inactiveUs: us('inactiveThresholdMs'),
    pullBatch: num('pullMaxMessages'),
    pullExpiresUs: us('pullExpiryMs'),
    msgId: options.msgId as boolean,
    publishTimeoutMs: num('publishTimeoutMs'),
    publishRetries: options.publishRetries as number | null,
    appendUs: num('perAppendMs') * 1000,
  };
}
