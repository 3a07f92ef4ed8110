import type { Options } from '../../../engine/contract/backplane.ts';
import type { OptionSpecs } from '../../../engine/contract/option-spec.ts';
import { BENCHMARK, CLIENT_OPTIONS, type ClientConfig, PER_COMMAND } from '../client/options.ts';

const REDIS_CONF = 'Redis 7.0.15, redis.conf: client-output-buffer-limit pubsub 32mb 8mb 60';

/** The options of `redis-pubsub`, as the manifest declares them. */
export interface RedisPubsubOptions extends ClientConfig {
  subscribe: 'rooms' | 'pattern';
  hardLimitBytes: number;
  softLimitBytes: number;
  softLimitMs: number;
  perCommandMs: number;
  perPushMs: number;
}

/** The scenario's check has made sure of them. */
export const optionsOf = (options: Options): RedisPubsubOptions => options as unknown as RedisPubsubOptions;

export const OPTIONS: OptionSpecs = {
  subscribe: {
    type: 'choice',
    values: ['rooms', 'pattern'],
    default: 'rooms',
    about:
      'rooms: a server subscribes to the rooms that its clients watch. pattern: PSUBSCRIBE *, so every server gets everything.',
    source: '@socket.io/redis-adapter 8 subscribes by pattern; its sharded adapter by room',
  },
  ...CLIENT_OPTIONS,
  hardLimitBytes: {
    type: 'number',
    unit: 'bytes',
    min: 0,
    max: 1_000_000_000,
    integer: true,
    default: 33_554_432,
    about: 'A subscriber for which this much waits in Redis is cut off at once. 0: no limit.',
    source: REDIS_CONF,
  },
  softLimitBytes: {
    type: 'number',
    unit: 'bytes',
    min: 0,
    max: 1_000_000_000,
    integer: true,
    default: 8_388_608,
    about: 'A subscriber for which this much waits for longer than softLimitMs is cut off. 0: no limit.',
    source: REDIS_CONF,
  },
  softLimitMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 3_600_000,
    default: 60_000,
    needs: { softLimitBytes: 'above 0' },
    about: 'How long the soft limit may be exceeded. Redis counts whole seconds.',
    source: REDIS_CONF,
  },
  ...PER_COMMAND,
  perPushMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 1_000,
    default: 0.004,
    about: 'CPU time of Redis for passing a message on to one subscriber.',
    source: BENCHMARK,
  },
};
