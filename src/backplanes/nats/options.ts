import type { Options } from '../../engine/contract/backplane.ts';
import type { NumberSpec, OptionSpecs } from '../../engine/contract/option-spec.ts';

const SERVER = 'nats-server 2.10, server/const.go';
const CLIENT = 'nats.go 1.37, nats.go';
const CHOICE =
  'an estimate: nats-server passes on some million small messages a second on a few cores of a server';

/** Why a client library throws a message away, for stories. */
export const OWN_LIMIT = 'slow consumer: the subscription’s own limit';

/** A time of an option, ms. */
export const duration = (
  about: string,
  source: string,
  fallback: number,
  min = 1,
  max = 3_600_000,
): NumberSpec => ({ type: 'number', unit: 'ms', min, max, default: fallback, about, source });

/** nats-server, as far as its clients notice it. */
export const SERVER_OPTIONS: OptionSpecs = {
  maxPendingBytes: {
    type: 'number',
    unit: 'bytes',
    min: 1_000,
    max: 1_000_000_000,
    integer: true,
    default: 67_108_864,
    about: 'A client for which more than this waits in the server is a slow consumer, and is cut off.',
    source: `${SERVER}: MAX_PENDING_SIZE (max_pending)`,
  },
  writeDeadlineMs: duration(
    'A client is a slow consumer, and is cut off, if its kernel does not take a write within this time.',
    `${SERVER}: DEFAULT_FLUSH_DEADLINE (write_deadline)`,
    10_000,
  ),
  pingIntervalMs: duration(
    'The server pings a client that it has not heard of for so long.',
    `${SERVER}: DEFAULT_PING_INTERVAL (ping_interval)`,
    120_000,
    10,
  ),
  pingMax: {
    type: 'number',
    unit: '',
    min: 0,
    max: 100,
    integer: true,
    default: 2,
    about: 'Pings without an answer after which a connection is stale.',
    source: `${SERVER}: DEFAULT_PING_MAX_OUT (ping_max)`,
  },
  perMessageMs: duration('CPU time of the server for taking a message in.', CHOICE, 0.002, 0, 1_000),
  perDeliveryMs: duration(
    'CPU time of the server for passing it on to one subscription.',
    CHOICE,
    0.001,
    0,
    1_000,
  ),
};

/** A client's connection. */
export const CLIENT_OPTIONS: OptionSpecs = {
  reconnectWaitMs: duration(
    'How long a client waits before each attempt to connect again.',
    `${CLIENT}: DefaultReconnectWait`,
    2_000,
  ),
  reconnectJitterMs: duration(
    'By up to how much each wait is longer.',
    `${CLIENT}: DefaultReconnectJitter`,
    100,
    0,
  ),
  maxReconnects: {
    type: 'number',
    unit: 'attempts',
    min: 0,
    max: 1_000_000,
    integer: true,
    orNull: 'never',
    default: 60,
    about: 'Failed attempts in a row after which the client gives its connection up for good.',
    source: `${CLIENT}: DefaultMaxReconnect`,
  },
  timeoutMs: duration(
    'A client gives up an attempt if TCP, or the server’s greeting, takes longer.',
    `${CLIENT}: DefaultTimeout`,
    2_000,
  ),
  clientPingIntervalMs: duration(
    'A client pings the server at this interval.',
    `${CLIENT}: DefaultPingInterval`,
    120_000,
    10,
  ),
  clientMaxPingsOut: {
    type: 'number',
    unit: '',
    min: 0,
    max: 100,
    integer: true,
    default: 2,
    about: 'Pings without an answer after which a client takes its connection for dead.',
    source: `${CLIENT}: DefaultMaxPingOut`,
  },
  reconnectBufBytes: {
    type: 'number',
    unit: 'bytes',
    min: 0,
    max: 1_000_000_000,
    integer: true,
    default: 8_388_608,
    about: 'What a client keeps of what is published while there is no connection; then it refuses.',
    source: `${CLIENT}: DefaultReconnectBufSize`,
  },
  subPendingMsgs: {
    type: 'number',
    unit: 'messages',
    min: 1,
    max: 100_000_000,
    integer: true,
    default: 524_288,
    about: 'Messages of a subscription that may wait in the process; what comes then is thrown away there.',
    source: `${CLIENT}: DefaultSubPendingMsgsLimit`,
  },
  subPendingBytes: {
    type: 'number',
    unit: 'bytes',
    min: 1,
    max: 1_000_000_000,
    integer: true,
    default: 67_108_864,
    about: 'The same in bytes of their payloads.',
    source: `${CLIENT}: DefaultSubPendingBytesLimit`,
  },
};

export interface ServerConfig {
  maxPendingBytes: number;
  writeDeadlineMs: number;
  pingMs: number;
  maxPingsOut: number;
  perMessageUs: number;
  perDeliveryUs: number;
}

export interface ConnectionConfig {
  reconnectWaitMs: number;
  reconnectJitterMs: number;
  /** null: it tries for ever. */
  maxReconnects: number | null;
  timeoutMs: number;
  clientPingMs: number;
  clientMaxPingsOut: number;
  reconnectBufBytes: number;
  subPendingMsgs: number;
  subPendingBytes: number;
}

/** Reads the options of a scenario; its check has made sure of them. */
export function serverConfigOf(options: Options): ServerConfig {
  const num = (name: string) => options[name] as number;
  return {
    maxPendingBytes: num('maxPendingBytes'),
    writeDeadlineMs: num('writeDeadlineMs'),
    pingMs: num('pingIntervalMs'),
    maxPingsOut: num('pingMax'),
    perMessageUs: num('perMessageMs') * 1000,
    perDeliveryUs: num('perDeliveryMs') * 1000,
  };
}

export function connectionConfigOf(options: Options): ConnectionConfig {
  const num = (name: string) => options[name] as number;
  return {
    reconnectWaitMs: num('reconnectWaitMs'),
    reconnectJitterMs: num('reconnectJitterMs'),
    maxReconnects: options.maxReconnects as number | null,
    timeoutMs: num('timeoutMs'),
    clientPingMs: num('clientPingIntervalMs'),
    clientMaxPingsOut: num('clientMaxPingsOut'),
    reconnectBufBytes: num('reconnectBufBytes'),
    subPendingMsgs: num('subPendingMsgs'),
    subPendingBytes: num('subPendingBytes'),
  };
}
