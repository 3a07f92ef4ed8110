import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Context = {
  waitMs: number;
  jitterMs: number;
  timeoutMs: number;
  pingMs: number;
  maxPingsOut: number;
  /** -1: it never gives up. */
  maxReconnects: number;
  failed: number;
  delayMs: number;
  pingsOut: number;
};
type Scope = { context: Context; event: MachineEvent };

/** What the options say takes the place of these; there it is 60 attempts. */
const context: Context = {
  waitMs: 2_000,
  jitterMs: 100,
  timeoutMs: 2_000,
  pingMs: 120_000,
  maxPingsOut: 2,
  maxReconnects: 3,
  failed: 0,
  delayMs: 0,
  pingsOut: 0,
};

/** Each server has so many attempts in a row, then it is out of the pool (`selectNextServer`). */
const isFedUp = ({ context }: Scope) =>
  context.maxReconnects >= 0 && context.failed + 1 > context.maxReconnects;
const isStale = ({ context }: Scope) => context.pingsOut + 1 > context.maxPingsOut;
/** `doReconnect` waits before every attempt when there is no other server to try. */
const nextDelay = ({ context, event }: Scope) =>
  context.waitMs + context.jitterMs * Number(event.random ?? 0.5);

const FAILED = [
  { guard: 'isFedUp', target: 'given up' },
  { target: 'waiting', actions: 'planRetry' },
] as const;
const TIMED_OUT = [
  { guard: 'isFedUp', target: 'given up', actions: 'hangUp' },
  { target: 'waiting', actions: ['planRetry', 'hangUp'] },
] as const;

/**
 * A connection to NATS as nats.go keeps it: TCP, INFO, CONNECT and PING, PONG, then work; pings every two minutes; after a
 * loss it waits, and tries again (`doReconnect`, `processConnectInit`, `processPingTimer`).
 */
export const connectionMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  guards: { isFedUp, isStale, isStaleForGood: (scope: Scope) => isStale(scope) && isFedUp(scope) },
  actions: {
    connect: () => {},
    greet: () => {},
    serve: () => {},
    ping: () => {},
    hangUp: () => {},
    giveUp: () => {},
    countPing: assign({ pingsOut: ({ context }: Scope) => context.pingsOut + 1 }),
    forgetPings: assign({ pingsOut: 0 }),
    succeed: assign({ failed: 0, pingsOut: 0 }),
    planRetry: assign({ delayMs: nextDelay, failed: ({ context }: Scope) => context.failed + 1 }),
  },
  delays: {
    timeout: ({ context }: Scope) => context.timeoutMs,
    'ping interval': ({ context }: Scope) => context.pingMs,
    'reconnect wait': ({ context }: Scope) => context.delayMs,
  },
}).createMachine({
  id: 'nats client',
  context,
  initial: 'off',
  states: {
    off: { on: { start: 'connecting' } },
    connecting: {
      entry: 'connect',
      on: { opened: 'awaiting INFO', closed: FAILED },
      after: { timeout: TIMED_OUT },
    },
    'awaiting INFO': {
      on: { info: { target: 'awaiting PONG', actions: 'greet' }, closed: FAILED },
      after: { timeout: TIMED_OUT },
    },
    'awaiting PONG': {
      on: { pong: { target: 'connected', actions: ['succeed', 'serve'] }, closed: FAILED },
      after: { timeout: TIMED_OUT },
    },
    connected: {
      on: {
        pong: { actions: 'forgetPings' },
        // Without any attempt allowed there is no server left to try (`selectNextServer`).
        closed: FAILED,
      },
      after: {
        'ping interval': [
          { guard: 'isStaleForGood', target: 'given up', actions: 'hangUp' },
          { guard: 'isStale', target: 'waiting', actions: ['planRetry', 'hangUp'] },
          { target: 'connected', reenter: true, actions: ['countPing', 'ping'] },
        ],
      },
    },
    waiting: { after: { 'reconnect wait': 'connecting' } },
    'given up': { entry: 'giveUp', type: 'final' },
  },
});
