import { setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/place.ts';

type Context = { ttlMs: number };
type Scope = { context: Context; event: MachineEvent };

const ttl = ({ context }: Scope) => context.ttlMs;
const third = ({ context }: Scope) => context.ttlMs / 3;

/**
 * A server's membership (etcd's client/v3/concurrency Session): a lease, a key that lives as long, and keep-alives. What
 * it does not hear back for the length of the lease, it has to take for expired.
 */
export const sessionMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  delays: { TTL: ttl, 'a third of the TTL': third, retry: 500 },
  actions: { grant: () => {}, put: () => {}, keepAlive: () => {}, revoke: () => {}, stepDown: () => {} },
}).createMachine({
  id: 'session',
  context: { ttlMs: 60_000 },
  initial: 'none',
  states: {
    none: { on: { begin: 'granting', inherit: 'member' } },
    granting: {
      entry: 'grant',
      on: { granted: 'registering', connected: { target: 'granting', reenter: true }, leave: 'none' },
    },
    registering: {
      entry: 'put',
      on: { registered: 'member', connected: 'granting', leave: { target: 'none', actions: 'revoke' } },
    },
    member: {
      initial: 'waiting',
      on: {
        kept: { target: 'member', reenter: true },
        gone: 'expired',
        leave: { target: 'none', actions: 'revoke' },
      },
      after: { TTL: 'expired' },
      states: {
        waiting: { after: { 'a third of the TTL': 'asking' } },
        asking: { entry: 'keepAlive', after: { retry: { target: 'asking', reenter: true } } },
      },
    },
    expired: { entry: 'stepDown', on: { leave: 'none' }, after: { retry: 'granting' } },
  },
});
