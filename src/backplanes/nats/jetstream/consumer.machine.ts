import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Context = { heartbeatMs: number; inactiveMs: number };
type Scope = { context: Context; event: MachineEvent };

const context: Context = { heartbeatMs: 5_000, inactiveMs: 5_000 };

/**
 * A consumer that pushes (consumer.go, `updateDeliveryInterest`): it delivers while somebody is subscribed to its deliver
 * subject; without, it waits, and one that is not durable is deleted after a while. A durable one has no such timer
 * (`updateInactiveThreshold`).
 */
export const consumerMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  guards: { isDurable: ({ event }: Scope) => event.durable === 1 },
  actions: { deliver: () => {}, heartbeat: () => {}, remove: () => {} },
  delays: {
    'idle heartbeat': ({ context }: Scope) => context.heartbeatMs,
    'inactive threshold': ({ context }: Scope) => context.inactiveMs,
  },
}).createMachine({
  id: 'jetstream consumer',
  context,
  initial: 'new',
  states: {
    new: { on: { start: [{ guard: 'isDurable', target: 'inactive' }, { target: 'expiring' }] } },
    inactive: { on: { interest: { target: 'active', actions: 'deliver' } } },
    expiring: {
      on: { interest: { target: 'active', actions: 'deliver' } },
      after: { 'inactive threshold': { target: 'deleted', actions: 'remove' } },
    },
    active: {
      on: { 'no interest': [{ guard: 'isDurable', target: 'inactive' }, { target: 'expiring' }] },
      after: { 'idle heartbeat': { target: 'active', reenter: true, actions: 'heartbeat' } },
    },
    deleted: { type: 'final' },
  },
});

type Acks = { nextMs: number };

/** When a consumer looks for messages that were not acknowledged in time (consumer.go, `checkPending`). */
export const acksMachine = setup({
  types: { context: {} as Acks, events: {} as MachineEvent },
  actions: {
    check: () => {},
    plan: assign({ nextMs: ({ event }: { event: MachineEvent }) => Number(event.nextMs ?? 30_000) }),
  },
  delays: { 'ack wait': ({ context }: { context: Acks }) => context.nextMs },
}).createMachine({
  id: 'jetstream acks',
  context: { nextMs: 30_000 },
  initial: 'nothing pending',
  states: {
    'nothing pending': { on: { pending: { target: 'waiting for acks', actions: 'plan' } } },
    'waiting for acks': {
      on: { settled: 'nothing pending' },
      after: { 'ack wait': { target: 'checking', actions: 'check' } },
    },
    checking: {
      on: { pending: { target: 'waiting for acks', actions: 'plan' }, settled: 'nothing pending' },
    },
  },
});
