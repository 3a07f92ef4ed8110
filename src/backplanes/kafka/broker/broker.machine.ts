import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

const isFenced = ({ event }: Scope) => event.fenced === 1;

/** Registration is tried again after 0.1 s, doubling up to the session's length (BrokerLifecycleManager). */
const nextBackoff = ({ context }: Scope): number =>
  Math.min((context.backoffMs ?? 0) * 2, context.sessionMs ?? 0);

/** A broker's life as the controller sees it: it registers, stays fenced until the controller lets it in, and heartbeats. */
export const brokerMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  guards: { isFenced },
  delays: {
    brokerHeartbeatInterval: ({ context }: Scope) => context.heartbeatMs ?? 0,
    registrationBackoff: ({ context }: Scope) => context.backoffMs ?? 0,
    retryBackoff: 100,
  },
  actions: {
    backOff: assign({ backoffMs: nextBackoff }),
    register: () => {},
    heartbeat: () => {},
  },
}).createMachine({
  id: 'kafka broker',
  context: { heartbeatMs: 2000, sessionMs: 9000, backoffMs: 100 },
  initial: 'starting',
  states: {
    starting: { on: { known: 'active', new: 'registering' } },
    registering: {
      entry: 'register',
      on: { registered: 'fenced', failed: 'backing off' },
    },
    'backing off': { entry: 'backOff', after: { registrationBackoff: 'registering' } },
    fenced: {
      entry: 'heartbeat',
      on: {
        answer: [{ guard: 'isFenced' }, { target: 'active' }],
        stale: 'registering',
      },
      after: { retryBackoff: { target: 'fenced', reenter: true } },
    },
    active: {
      entry: 'heartbeat',
      on: {
        answer: { guard: 'isFenced', target: 'fenced' },
        stale: 'registering',
      },
      after: { brokerHeartbeatInterval: { target: 'active', reenter: true } },
    },
  },
});
