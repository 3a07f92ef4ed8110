import { setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Context = { blockMs: number };

/**
 * Redis' side of a connection: it is blocked while a read waits for entries, and takes no other command meanwhile
 * (blocked.c). An answer with nothing in it ends the wait when its time is up.
 */
export const connectionMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  actions: { answerNothing: () => {} },
  delays: { BLOCK: ({ context }: { context: Context }) => context.blockMs },
}).createMachine({
  id: 'redis connection',
  context: { blockMs: 5_000 },
  initial: 'normal',
  states: {
    normal: { on: { block: 'blocked' } },
    blocked: {
      on: { served: 'normal', unblock: { target: 'normal', actions: 'answerNothing' } },
      after: { BLOCK: { target: 'normal', actions: 'answerNothing' } },
    },
  },
});
