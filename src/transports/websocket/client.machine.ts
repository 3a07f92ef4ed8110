import { assign, setup } from 'xstate';
import { mayRetry, NO_BACKOFF, nextDelayMs } from '../../engine/contract/backoff.ts';
import type { MachineEvent } from '../../engine/contract/transport.ts';

type Context = typeof NO_BACKOFF & { pingIntervalMs: number; pongTimeoutMs: number; pingedUs: number };
type Scope = { context: Context; event: MachineEvent };

const context: Context = {
  ...NO_BACKOFF,
  pingIntervalMs: Number.POSITIVE_INFINITY,
  pongTimeoutMs: Number.POSITIVE_INFINITY,
  pingedUs: 0,
};
const hasRetries = ({ context }: Scope) => mayRetry({ context });
const delayFromEvent = ({ context, event }: Scope) =>
  nextDelayMs({ context, event: { random: event.random as number } });
const oneMore = ({ context }: Scope) => context.attempt + 1;
const now = ({ event }: Scope) => event.atUs;
/** Pings keep their rate, however long the pong took. */
const untilNextPing = ({ context, event }: Scope) =>
  context.pingIntervalMs - (event.atUs - context.pingedUs) / 1000;
const pongTimeout = ({ context }: Scope) => context.pongTimeoutMs;
const backoff = ({ context }: Scope) => context.delayMs;

/** Chromium waits no longer for the server to close TCP (websocket_channel.cc, kUnderlyingConnectionCloseTimeoutSeconds). */
const CLOSE_TIMEOUT_MS = 2_000;

/** A WebSocket with its application's heartbeat and reconnection (RFC 6455; the protocol itself has neither). */
export const websocketClientMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  guards: { hasRetries },
  actions: {
    connect: () => {},
    announce: () => {},
    deliver: () => {},
    ping: () => {},
    pong: () => {},
    closeBack: () => {},
    drop: () => {},
    askAgain: () => {},
    succeed: assign({ attempt: 0, pingedUs: now }),
    notePing: assign({ pingedUs: now }),
    planRetry: assign({ delayMs: delayFromEvent, attempt: oneMore }),
  },
  delays: {
    'next ping': untilNextPing,
    'pong timeout': pongTimeout,
    'close timeout': CLOSE_TIMEOUT_MS,
    backoff,
  },
}).createMachine({
  id: 'websocket client',
  context,
  initial: 'off',
  states: {
    off: { on: { start: 'connecting' } },
    connecting: {
      entry: 'connect',
      on: {
        head: { target: 'open', actions: ['succeed', 'announce'] },
        failed: [{ guard: 'hasRetries', target: 'waiting', actions: 'planRetry' }, { target: 'stopped' }],
        // The answer is not 101.
        refused: [{ guard: 'hasRetries', target: 'waiting', actions: 'planRetry' }, { target: 'stopped' }],
      },
    },
    open: {
      initial: 'idle',
      on: {
        message: { actions: 'deliver' },
        ping: { actions: 'pong' },
        close: { target: 'closing', actions: 'closeBack' },
        failed: [{ guard: 'hasRetries', target: 'waiting', actions: 'planRetry' }, { target: 'stopped' }],
      },
      states: {
        idle: { after: { 'next ping': { target: 'awaiting pong', actions: ['notePing', 'ping'] } } },
        'awaiting pong': {
          on: { pong: 'idle' },
          // No pong: the connection counts as dead (1006), whatever TCP still hopes for.
          after: { 'pong timeout': { target: '#dropped', actions: 'drop' } },
        },
      },
    },
    dropped: {
      id: 'dropped',
      entry: 'askAgain',
      on: {
        failed: [{ guard: 'hasRetries', target: 'waiting', actions: 'planRetry' }, { target: 'stopped' }],
      },
    },
    closing: {
      on: {
        failed: [{ guard: 'hasRetries', target: 'waiting', actions: 'planRetry' }, { target: 'stopped' }],
      },
      after: { 'close timeout': { target: 'dropped', actions: 'drop' } },
    },
    waiting: { on: { online: 'connecting' }, after: { backoff: 'connecting' } },
    stopped: { on: { online: 'connecting' } },
  },
});
