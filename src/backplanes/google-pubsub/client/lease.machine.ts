import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/** Some time within nine tenths of the deadline (src/lease-manager.ts, _getNextExtensionTimeoutMs). */
const nextExtension = ({ context, event }: Scope) => (context.leaseMs ?? 0) * 0.9 * Number(event.random);

/** The client library's lease manager: as long as messages are being worked on, it asks for more time for all of them. */
export const leaseMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: { extension: ({ context }: Scope) => context.waitMs ?? 0 },
  actions: { extend: () => {}, plan: assign({ waitMs: nextExtension }) },
}).createMachine({
  id: 'lease manager',
  context: { leaseMs: 10_000, waitMs: 0 },
  initial: 'idle',
  states: {
    idle: { on: { holds: { target: 'leasing', actions: 'plan' } } },
    leasing: { on: { released: 'idle' }, after: { extension: 'extending' } },
    extending: {
      entry: 'extend',
      on: { holds: { target: 'leasing', actions: 'plan' }, released: 'idle' },
    },
  },
});
