import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/place.ts';

type Context = { ttlMs: number; checkMs: number };
type Scope = { context: Context; event: MachineEvent };

const CHECK_MS = 500;

const ttl = ({ context }: Scope) => context.ttlMs;
const check = ({ context }: Scope) => context.checkMs;
const untilCheck = ({ event }: Scope) => CHECK_MS - ((event.atUs / 1000) % CHECK_MS);

/** A lease at the coordinator (lessor.go): it looks every 500 ms for leases that nobody has kept alive, and ends them. */
export const leaseMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  delays: { TTL: ttl, 'next check': check },
  actions: { expire: () => {}, noteCheck: assign({ checkMs: untilCheck }) },
}).createMachine({
  id: 'lease',
  context: { ttlMs: 60_000, checkMs: CHECK_MS },
  initial: 'valid',
  states: {
    valid: {
      on: {
        kept: { target: 'valid', reenter: true },
        revoked: 'over',
        'run on': { target: 'valid', reenter: true },
      },
      after: { TTL: { target: 'due', actions: 'noteCheck' } },
    },
    // Too late: whoever renews it now hears that there is none.
    due: { on: { revoked: 'over' }, after: { 'next check': { target: 'over', actions: 'expire' } } },
    over: { type: 'final' },
  },
});
