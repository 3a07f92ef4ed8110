import type { OptionSpecs } from '../../../engine/contract/option-spec.ts';

const IOREDIS = 'ioredis 5.11.1, lib/redis/RedisOptions.ts';

/** Where CPU times of Redis come from. */
export const BENCHMARK =
  'an estimate: redis-benchmark does some 100,000 to 200,000 small commands a second on one core of a server';

/** How a process keeps its connection to Redis, as ioredis does it. */
export interface ClientConfig {
  resend: boolean;
  maxRetries: number | null;
  retryStepMs: number;
  retryMaxMs: number;
  connectTimeoutMs: number;
  /** Infinity, or none: silence is put up with. */
  socketTimeoutMs?: number;
}

/** The options of both backplanes that are about connections. */
export const CLIENT_OPTIONS: OptionSpecs = {
  resend: {
    type: 'flag',
    default: true,
    about:
      'What was not answered is sent once more after a reconnection, though Redis may have done it: then it is done twice. Without, it is never answered: a server that was waiting for entries of a stream reads no more.',
    source: `${IOREDIS}: autoResendUnfulfilledCommands true`,
  },
  maxRetries: {
    type: 'number',
    unit: 'attempts',
    min: 0,
    max: 1_000_000,
    integer: true,
    orNull: 'never',
    default: 20,
    about: 'Failed attempts in a row after which a client gives up what waits to be sent.',
    source: `${IOREDIS}: maxRetriesPerRequest 20`,
  },
  retryStepMs: {
    type: 'number',
    unit: 'ms',
    min: 1,
    max: 600_000,
    default: 50,
    about: 'By what each wait before a reconnection is longer than the last.',
    source: `${IOREDIS}: retryStrategy, min(times · 50, 2000)`,
  },
  retryMaxMs: {
    type: 'number',
    unit: 'ms',
    min: 1,
    max: 600_000,
    default: 2_000,
    about: 'The longest wait before a reconnection.',
    source: `${IOREDIS}: retryStrategy, min(times · 50, 2000)`,
  },
  connectTimeoutMs: {
    type: 'number',
    unit: 'ms',
    min: 1,
    max: 600_000,
    default: 10_000,
    about: 'An attempt to connect that takes longer is given up.',
    source: `${IOREDIS}: connectTimeout 10000`,
  },
};

export const PER_COMMAND: OptionSpecs = {
  perCommandMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 1_000,
    default: 0.008,
    about: 'CPU time of Redis for a command.',
    source: BENCHMARK,
  },
};
