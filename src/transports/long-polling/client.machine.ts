import { assign, setup } from 'xstate';
import { mayRetry, NO_BACKOFF, nextDelayMs } from '../../engine/contract/backoff.ts';
import type { MachineEvent } from '../../engine/contract/transport.ts';

type Context = typeof NO_BACKOFF & { timeoutMs: number };
type Scope = { context: Context; event: MachineEvent };

const context: Context = { ...NO_BACKOFF, timeoutMs: Number.POSITIVE_INFINITY };
const hasRetries = ({ context }: Scope) => mayRetry({ context });
const delayFromEvent = ({ context, event }: Scope) =>
  nextDelayMs({ context, event: { random: event.random as number } });
const oneMore = ({ context }: Scope) => context.attempt + 1;
const timeout = ({ context }: Scope) => context.timeoutMs;
const backoff = ({ context }: Scope) => context.delayMs;

/** A client that always has a request at the server: an answer is followed by the next request at once. */
export const longPollingClientMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  guards: { hasRetries },
  actions: {
    request: () => {},
    deliver: () => {},
    giveUpRequest: () => {},
    succeed: assign({ attempt: 0 }),
    planRetry: assign({ delayMs: delayFromEvent, attempt: oneMore }),
  },
  delays: { 'request timeout': timeout, 'wait after an error': backoff },
}).createMachine({
  id: 'long-polling client',
  context,
  initial: 'off',
  states: {
    off: { on: { start: 'requesting' } },
    requesting: {
      entry: 'request',
      on: {
        response: { target: 'requesting', reenter: true, actions: ['succeed', 'deliver'] },
        failed: [{ guard: 'hasRetries', target: 'waiting', actions: 'planRetry' }, { target: 'stopped' }],
      },
      after: { 'request timeout': { target: 'requesting', reenter: true, actions: 'giveUpRequest' } },
    },
    waiting: { on: { online: 'requesting' }, after: { 'wait after an error': 'requesting' } },
    stopped: { on: { online: 'requesting' } },
  },
});
