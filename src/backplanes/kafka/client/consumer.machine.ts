import { setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

const commitsFirst = ({ context }: Scope) => context.commitsFirst === 1;
const commitsAfter = ({ context }: Scope) => context.commitsAfter === 1;

/** The application's loop: poll, process, and commit before, after, or every few seconds by itself. */
export const consumerMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  guards: { commitsFirst, commitsAfter },
  actions: { poll: () => {}, process: () => {}, commit: () => {} },
}).createMachine({
  id: 'kafka consumer',
  context: { commitsFirst: 0, commitsAfter: 0 },
  initial: 'waiting',
  states: {
    waiting: { on: { data: 'polling' } },
    polling: {
      entry: 'poll',
      on: {
        records: [{ guard: 'commitsFirst', target: 'committing first' }, { target: 'processing' }],
        nothing: 'waiting',
      },
    },
    'committing first': { entry: 'commit', on: { committed: 'processing' } },
    processing: {
      entry: 'process',
      on: { processed: [{ guard: 'commitsAfter', target: 'committing after' }, { target: 'polling' }] },
    },
    'committing after': { entry: 'commit', on: { committed: 'polling' } },
  },
});
