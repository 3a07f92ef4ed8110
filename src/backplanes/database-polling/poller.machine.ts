import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/place.ts';

type Context = { waitMs: number };
type Scope = { context: Context; event: MachineEvent };

/** A server that asks the database again and again whether there is anything new, as long as somebody watches. */
export const pollerMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  actions: { poll: () => {}, noteWait: assign({ waitMs: ({ event }: Scope) => event.waitMs as number }) },
  delays: { 'next poll': ({ context }: Scope) => context.waitMs },
}).createMachine({
  id: 'database poller',
  context: { waitMs: 0 },
  initial: 'idle',
  states: {
    idle: { on: { wake: 'polling' } },
    polling: {
      entry: 'poll',
      on: { 'nothing to ask': 'idle', done: { target: 'waiting', actions: 'noteWait' } },
    },
    waiting: { after: { 'next poll': 'polling' } },
  },
});
