import { setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/transport.ts';

/** Answers a poll as soon as the CPU has got to it. */
export const pollingServerMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  actions: { work: () => {}, answer: () => {} },
}).createMachine({
  id: 'polling server',
  context: {},
  initial: 'receiving',
  states: {
    receiving: { on: { request: 'working', gone: 'done' } },
    working: { entry: 'work', on: { worked: { target: 'done', actions: 'answer' }, gone: 'done' } },
    done: { type: 'final' },
  },
});
