import type { Options } from '../../engine/contract/backplane.ts';

/** The options of `redis-pubsub`, as the manifest declares them. */
export interface RedisPubsubOptions {
  subscribe: 'rooms' | 'pattern';
  resend: boolean;
  maxRetries: number | null;
  retryStepMs: number;
  retryMaxMs: number;
  connectTimeoutMs: number;
  hardLimitBytes: number;
  softLimitBytes: number;
  softLimitMs: number;
  perCommandMs: number;
  perPushMs: number;
}

/** The scenario's check has made sure of them. */
export const optionsOf = (options: Options): RedisPubsubOptions => options as unknown as RedisPubsubOptions;
