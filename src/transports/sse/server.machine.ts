import { setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/transport.ts';

/** A response that never ends: replay from Last-Event-ID first, then every new message as an event. */
export const sseServerMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  actions: { work: () => {}, begin: () => {}, listen: () => {}, sendEvents: () => {}, finish: () => {} },
}).createMachine({
  id: 'sse server',
  context: {},
  initial: 'receiving',
  states: {
    receiving: { on: { request: 'working', gone: 'done' } },
    working: {
      entry: 'work',
      on: { worked: { target: 'streaming', actions: ['begin', 'sendEvents'] }, gone: 'done' },
    },
    streaming: {
      entry: 'listen',
      on: {
        message: { actions: 'sendEvents' },
        shutdown: { target: 'done', actions: 'finish' },
        gone: 'done',
      },
    },
    done: { type: 'final' },
  },
});
