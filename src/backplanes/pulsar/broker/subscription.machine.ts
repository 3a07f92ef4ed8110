import { setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/** A subscription's dispatcher: whether somebody consumes, and takes more. */
export const subscriptionMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: { activeConsumerFailoverDelay: ({ context }: Scope) => context.failoverDelayMs ?? 0 },
  actions: { dispatch: () => {} },
}).createMachine({
  id: 'pulsar subscription',
  context: { failoverDelayMs: 1_000 },
  initial: 'no consumer',
  states: {
    'no consumer': { on: { joined: 'dispatching' } },
    dispatching: {
      entry: 'dispatch',
      on: { left: 'no consumer', 'no permits': 'held back', 'failed over': 'changing consumer' },
    },
    'held back': {
      on: { permits: 'dispatching', left: 'no consumer', 'failed over': 'changing consumer' },
    },
    'changing consumer': {
      on: { left: 'no consumer', 'failed over': { target: 'changing consumer', reenter: true } },
      after: { activeConsumerFailoverDelay: 'dispatching' },
    },
  },
});
