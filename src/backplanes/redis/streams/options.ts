import type { OptionSpecs } from '../../../engine/contract/option-spec.ts';
import { BENCHMARK, CLIENT_OPTIONS, PER_COMMAND } from '../client/options.ts';

const ADAPTER = '@socket.io/redis-streams-adapter 0.3';
const CHOICE = 'a choice';

/** How streams are kept and read. */
const STREAMS: OptionSpecs = {
  pattern: {
    type: 'choice',
    values: ['broadcast', 'group'],
    default: 'broadcast',
    about:
      'broadcast: every server reads every entry of its rooms (XREAD). group: the servers that watch a room share its entries (XREADGROUP): each goes to one of them.',
    source: `${ADAPTER}: every server reads everything with XREAD`,
  },
  startFrom: {
    type: 'choice',
    values: ['new', 'beginning'],
    default: 'new',
    about:
      'Where a server begins to read a room, or a new group: behind the last entry ($), or at the first that is kept (0). A server that has crashed has forgotten where it was, and begins so again.',
    source: `${ADAPTER}: begins at $`,
  },
  count: {
    type: 'number',
    unit: 'messages',
    min: 1,
    max: 100_000,
    integer: true,
    default: 100,
    about: 'COUNT: how many entries of a stream one answer may have.',
    source: `${ADAPTER}: readCount 100; XAUTOCLAIM takes 100 as well`,
  },
  blockMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 3_600_000,
    default: 5_000,
    about: 'BLOCK: how long Redis lets a read wait for entries. 0: for ever.',
    source: `${CHOICE}; ${ADAPTER} waits 200 ms, most examples for ever or for some seconds`,
  },
  noAck: {
    type: 'flag',
    default: false,
    needs: { pattern: ['group'] },
    about: 'NOACK: what a consumer was handed is done with, whatever becomes of it.',
    source: 'Redis documentation, XREADGROUP: without NOACK entries are pending until XACK',
  },
  minIdleMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 3_600_000,
    default: 10_000,
    needs: { pattern: ['group'] },
    about: 'How long an entry has to have been pending for another consumer to take it over (XAUTOCLAIM).',
    source: `${CHOICE}: the command has no default`,
  },
  claimIntervalMs: {
    type: 'number',
    unit: 'ms',
    min: 10,
    max: 3_600_000,
    default: 5_000,
    needs: { pattern: ['group'] },
    about: 'How long a consumer waits before it looks again what others have left (XAUTOCLAIM).',
    source: CHOICE,
  },
  maxLen: {
    type: 'number',
    unit: 'messages',
    min: 1,
    max: 10_000_000,
    integer: true,
    orNull: 'no trimming',
    default: null,
    about:
      'MAXLEN: how many entries a stream keeps; older ones are gone, whether anybody has read them or not.',
    source: `Redis documentation, XADD: no trimming unless asked for; ${ADAPTER} asks for ~ 10000`,
  },
  trim: {
    type: 'choice',
    values: ['approximate', 'exact'],
    default: 'approximate',
    needs: { maxLen: 'not null' },
    about:
      'approximate (~): Redis gives up whole nodes of the stream, of up to 100 entries or 4096 bytes, and may keep that many more. exact (=): not one more.',
    source: `${ADAPTER}: ~; Redis documentation, XADD: = unless ~ is given`,
  },
  appendOnly: {
    type: 'flag',
    default: false,
    about:
      'appendonly: Redis writes every command to a file, and reads it again after a crash of its process. Without it the streams are gone, groups and pending entries included.',
    source: 'Redis 7.0.15, redis.conf: appendonly no',
  },
};

/** How processes keep their connections. */
const CLIENTS: OptionSpecs = {
  ...CLIENT_OPTIONS,
  socketTimeoutMs: {
    type: 'number',
    unit: 'ms',
    min: 1,
    max: 600_000,
    orNull: 'never',
    default: null,
    about:
      'A connection is given up when a command is under way and nothing is heard for so long. Has to be longer than blockMs. Without it a read goes on waiting at a Redis that is no more, until TCP finds out.',
    source: 'ioredis 5.11.1, lib/redis/RedisOptions.ts: socketTimeout is not set',
  },
};

const COSTS: OptionSpecs = {
  ...PER_COMMAND,
  perEntryMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 1_000,
    default: 0.004,
    about: 'CPU time of Redis for each entry that it brings to a reader.',
    source: BENCHMARK,
  },
};

export const OPTIONS: OptionSpecs = { ...STREAMS, ...CLIENTS, ...COSTS };
