import { setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/** What is gathered before it is sent: messages of a key, or acknowledgements. */
export const batchMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: { groupTime: ({ context }: Scope) => context.waitMs ?? 0 },
  actions: { send: () => {} },
}).createMachine({
  id: 'pulsar batch',
  context: { waitMs: 1 },
  initial: 'empty',
  states: {
    empty: { on: { added: 'gathering' } },
    gathering: {
      on: { full: { target: 'empty', actions: 'send' } },
      after: { groupTime: { target: 'empty', actions: 'send' } },
    },
  },
});
