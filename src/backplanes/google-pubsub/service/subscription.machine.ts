import { setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

/** A subscription, as the service sees it: somebody has a stream open or not, and takes more, or has enough to do. */
export const subscriptionMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
}).createMachine({
  id: 'subscription',
  context: {},
  initial: 'nobody pulls',
  states: {
    'nobody pulls': { on: { pulled: 'flowing' } },
    flowing: { on: { full: 'held back', left: 'nobody pulls' } },
    'held back': { on: { room: 'flowing', left: 'nobody pulls' } },
  },
});
