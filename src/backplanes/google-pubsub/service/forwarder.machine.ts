import { setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

/** The service in front of the storage: a new process reads what two zones have before it serves anybody. */
export const forwarderMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  actions: { read: () => {}, serve: () => {} },
}).createMachine({
  id: 'forwarder',
  context: {},
  initial: 'new',
  states: {
    new: { on: { start: 'reading' } },
    reading: { entry: 'read', on: { 'has read': 'serving' } },
    serving: { entry: 'serve' },
  },
});
