import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/place.ts';

type Context = { runMs: number; openMs: number };
type Scope = { context: Context; event: MachineEvent };

/** The database's process for one connection: it has its turn at one of the workers, and may keep a transaction open. */
export const backendMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  guards: { staysOpen: ({ context }: Scope) => context.openMs > 0 },
  actions: {
    queue: () => {},
    finish: () => {},
    release: () => {},
    note: assign({
      runMs: ({ event }: Scope) => event.runMs as number,
      openMs: ({ event }: Scope) => event.openMs as number,
    }),
  },
  delays: {
    execution: ({ context }: Scope) => context.runMs,
    transaction: ({ context }: Scope) => context.openMs,
  },
}).createMachine({
  id: 'database backend',
  context: { runMs: 0, openMs: 0 },
  initial: 'idle',
  states: {
    idle: { on: { query: 'waiting for a worker' } },
    'waiting for a worker': { entry: 'queue', on: { turn: { target: 'running', actions: 'note' } } },
    running: {
      after: {
        execution: [
          { guard: 'staysOpen', target: 'in transaction', actions: 'release' },
          { target: 'idle', actions: ['finish', 'release'] },
        ],
      },
    },
    'in transaction': { after: { transaction: { target: 'idle', actions: 'finish' } } },
  },
});
