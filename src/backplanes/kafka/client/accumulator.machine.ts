import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/** A producer's records for one partition, gathered into batches (RecordAccumulator and Sender). */
export const accumulatorMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: {
    linger: ({ context }: Scope) => context.lingerMs ?? 0,
    retryBackoff: ({ context }: Scope) => context.backoffMs ?? 0,
  },
  actions: {
    noteBackoff: assign({ backoffMs: ({ event }: Scope) => Number(event.backoffMs ?? 0) }),
    drain: () => {},
  },
}).createMachine({
  id: 'kafka accumulator',
  context: { lingerMs: 5, backoffMs: 100 },
  initial: 'empty',
  states: {
    empty: {
      on: { added: 'lingering', failed: { target: 'backing off', actions: 'noteBackoff' } },
    },
    lingering: {
      on: { full: 'ready', failed: { target: 'backing off', actions: 'noteBackoff' } },
      after: { linger: 'ready' },
    },
    ready: {
      entry: 'drain',
      on: {
        room: { target: 'ready', reenter: true },
        drained: 'empty',
        failed: { target: 'backing off', actions: 'noteBackoff' },
      },
    },
    'backing off': { after: { retryBackoff: 'ready' } },
  },
});
