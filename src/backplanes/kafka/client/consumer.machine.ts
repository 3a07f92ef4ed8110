import { setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

/** The application's loop: poll, process, and commit before, after, or every few seconds by itself. */
export const consumerMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  actions: { poll: () => {}, process: () => {}, commit: () => {} },
}).createMachine({
  id: 'kafka consumer',
  context: {},
  initial: 'waiting',
  states: {
    waiting: { on: { data: 'polling' } },
    polling: {
      entry: 'poll',
      on: { records: 'processing', 'records to commit': 'committing first', nothing: 'waiting' },
    },
    'committing first': { entry: 'commit', on: { committed: 'processing' } },
    processing: {
      entry: 'process',
      on: { processed: 'polling', 'processed, to commit': 'committing after' },
    },
    'committing after': { entry: 'commit', on: { committed: 'polling' } },
  },
});
