import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Context = {
  stepMs: number;
  maxMs: number;
  connectTimeoutMs: number;
  /** Infinity: silence is put up with. */
  socketTimeoutMs: number;
  /** Attempts after which what waits is given up; -1: never. */
  maxRetries: number;
  attempt: number;
  delayMs: number;
};
type Scope = { context: Context; event: MachineEvent };

const context: Context = {
  stepMs: 50,
  maxMs: 2_000,
  connectTimeoutMs: 10_000,
  socketTimeoutMs: 15_000,
  maxRetries: 20,
  attempt: 0,
  delayMs: 0,
};
const oneMore = ({ context }: Scope) => context.attempt + 1;
/** ioredis' own `retryStrategy`: 50 ms more each time, up to 2 s. */
const nextDelay = ({ context }: Scope) => Math.min((context.attempt + 1) * context.stepMs, context.maxMs);
const isFedUp = ({ context }: Scope) =>
  context.maxRetries >= 0 && (context.attempt + 1) % (context.maxRetries + 1) === 0;
const retry = ({ context }: Scope) => context.delayMs;
const connectTimeout = ({ context }: Scope) => context.connectTimeoutMs;
const socketTimeout = ({ context }: Scope) => context.socketTimeoutMs;

/** What waits is given up with every so many connections that were lost, or not made. */
const LOST = [
  { guard: 'isFedUp', target: 'waiting', actions: ['planRetry', 'giveUpQueue'] },
  { target: 'waiting', actions: 'planRetry' },
] as const;
const SILENT = [
  { guard: 'isFedUp', target: '#waiting', actions: ['planRetry', 'hangUp', 'giveUpQueue'] },
  { target: '#waiting', actions: ['planRetry', 'hangUp'] },
] as const;

/** With `socketTimeout`: given up when a command is under way and nothing at all has been heard for so long. */
const CHECKED_IN_TIME = { after: { 'socket timeout': SILENT } } as const;
const ANSWERED_IN_TIME = {
  initial: 'at rest',
  states: {
    'at rest': { on: { asked: 'awaiting' } },
    awaiting: {
      on: { heard: { target: 'awaiting', reenter: true }, settled: 'at rest' },
      after: { 'socket timeout': SILENT },
    },
  },
} as const;

/**
 * A connection to Redis as ioredis keeps it (lib/redis/event_handler.ts): connect; say who it is (CLIENT SETINFO); when
 * that is answered ask INFO whether the server is ready; when that is answered work; after a loss try again, for ever.
 * @param timed whether it may have a `socketTimeout`
 */
const redisClient = (id: string, timed: boolean) =>
  setup({
    types: { context: {} as Context, events: {} as MachineEvent },
    guards: { isFedUp },
    actions: {
      connect: () => {},
      introduce: () => {},
      check: () => {},
      serve: () => {},
      hangUp: () => {},
      giveUpQueue: () => {},
      succeed: assign({ attempt: 0 }),
      planRetry: assign({ delayMs: nextDelay, attempt: oneMore }),
    },
    delays: { 'connect timeout': connectTimeout, 'socket timeout': socketTimeout, retry },
  }).createMachine({
    id,
    context,
    initial: 'off',
    states: {
      off: { on: { start: 'connecting' } },
      connecting: {
        entry: 'connect',
        on: { opened: 'checking', closed: LOST },
        after: { 'connect timeout': SILENT },
      },
      checking: {
        entry: 'introduce',
        on: {
          introduced: { actions: 'check' },
          checked: { target: 'ready', actions: ['succeed', 'serve'] },
          closed: LOST,
        },
        ...(timed ? CHECKED_IN_TIME : {}),
      },
      ready: {
        on: { wanted: { actions: 'serve' }, closed: LOST },
        ...(timed ? ANSWERED_IN_TIME : {}),
      },
      waiting: { id: 'waiting', after: { retry: 'connecting' } },
    },
  });

/** A server's connection in subscriber mode. */
export const subscriberMachine = redisClient('redis subscriber', false);
/** The connection on which a source, or a server whose clients write, publishes. */
export const publisherMachine = redisClient('redis publisher', false);
/** A connection for everything that is answered at once. */
export const clientMachine = redisClient('redis client', true);
/** The connection on which a server waits for entries. */
export const readingMachine = redisClient('redis blocking client', true);
