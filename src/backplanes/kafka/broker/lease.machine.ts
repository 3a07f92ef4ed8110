import { setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/**
 * What somebody else has to renew: a broker's session at the controller (`broker.session.timeout.ms`), a consumer's at
 * its group's coordinator (`session.timeout.ms`).
 */
export const leaseMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: { sessionTimeout: ({ context }: Scope) => context.sessionMs ?? 0 },
  actions: { expire: () => {} },
}).createMachine({
  id: 'kafka session',
  context: { sessionMs: 45_000 },
  initial: 'valid',
  states: {
    valid: {
      on: { heartbeat: { target: 'valid', reenter: true } },
      after: { sessionTimeout: 'expired' },
    },
    expired: { entry: 'expire', on: { heartbeat: 'valid' } },
  },
});
