import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Context = { timeoutMs: number; maxRetries: number; retries: number };
type Scope = { context: Context; event: MachineEvent };

/** -1 retries: for ever. */
const context: Context = { timeoutMs: 5_000, maxRetries: 1, retries: 0 };
const mayRetry = ({ context }: Scope) => context.maxRetries < 0 || context.retries < context.maxRetries;

/** Publishing with an acknowledgement, one message at a time (`jetstream.Publish`), by an application that may try again. */
export const publisherMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  guards: { mayRetry },
  actions: {
    send: () => {},
    giveUp: () => {},
    next: () => {},
    begin: assign({ retries: 0 }),
    countRetry: assign({ retries: ({ context }: Scope) => context.retries + 1 }),
  },
  delays: { 'ack timeout': ({ context }: Scope) => context.timeoutMs },
}).createMachine({
  id: 'jetstream publisher',
  context,
  initial: 'idle',
  states: {
    idle: { on: { publish: { target: 'awaiting PubAck', actions: 'begin' } } },
    'awaiting PubAck': {
      entry: 'send',
      on: { settled: { target: 'idle', actions: 'next' } },
      after: {
        'ack timeout': [
          { guard: 'mayRetry', target: 'awaiting PubAck', reenter: true, actions: 'countRetry' },
          { target: 'idle', actions: ['giveUp', 'next'] },
        ],
      },
    },
  },
});
