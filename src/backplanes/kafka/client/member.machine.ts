import { setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/** A consumer's membership in its group (the classic protocol: ConsumerCoordinator). */
export const memberMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: {
    heartbeatInterval: ({ context }: Scope) => context.heartbeatMs ?? 0,
    retryBackoff: ({ context }: Scope) => context.backoffMs ?? 0,
  },
  actions: { join: () => {}, sync: () => {}, heartbeat: () => {}, interrupt: () => {} },
}).createMachine({
  id: 'kafka member',
  context: { heartbeatMs: 3000, backoffMs: 100 },
  initial: 'outside',
  states: {
    outside: { on: { polled: 'joining' } },
    joining: {
      entry: 'join',
      on: { joined: 'syncing', failed: 'backing off' },
    },
    syncing: {
      entry: 'sync',
      on: { synced: 'stable', 'rebalance begins': 'preparing', failed: 'backing off' },
    },
    stable: {
      on: { 'rebalance begins': 'preparing', left: 'outside' },
      after: { heartbeatInterval: { target: 'stable', reenter: true, actions: 'heartbeat' } },
    },
    // It joins again when the application asks for more, and not before.
    preparing: {
      entry: 'interrupt',
      on: { prepared: 'joining', left: 'outside' },
      after: { heartbeatInterval: { target: 'preparing', reenter: true, actions: 'heartbeat' } },
    },
    'backing off': { after: { retryBackoff: 'joining' } },
  },
});
