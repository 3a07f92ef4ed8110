import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/** Doubles from `reconnect.backoff.ms` to `reconnect.backoff.max.ms`, 20 % up or down (CommonClientConfigs). */
const nextBackoff = ({ context, event }: Scope): number =>
  Math.min(50 * (1 << Math.min(context.failures ?? 0, 10)), 1000) * (0.8 + 0.4 * Number(event.random ?? 0.5));

/** A connection of a client, or of a broker, to a broker: opened when it is wanted, and again after a while when it broke. */
export const channelMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: {
    connectionSetupTimeout: 10_000,
    reconnectBackoff: ({ context }: Scope) => context.backoffMs ?? 0,
  },
  actions: {
    noteFailure: assign({
      backoffMs: nextBackoff,
      failures: ({ context }: Scope) => (context.failures ?? 0) + 1,
    }),
    noteSuccess: assign({ failures: 0 }),
    connect: () => {},
    flush: () => {},
    hangUp: () => {},
    fail: () => {},
    tellReady: () => {},
    tellBroken: () => {},
  },
}).createMachine({
  id: 'kafka connection',
  context: { failures: 0, backoffMs: 50 },
  initial: 'idle',
  states: {
    idle: { on: { use: 'connecting', prepare: 'connecting' } },
    connecting: {
      entry: 'connect',
      on: {
        opened: { target: 'open', actions: 'noteSuccess' },
        closed: { target: 'waiting', actions: 'noteFailure' },
      },
      after: { connectionSetupTimeout: { target: 'waiting', actions: ['noteFailure', 'hangUp'] } },
    },
    open: {
      entry: ['flush', 'tellReady'],
      on: {
        closed: { target: 'waiting', actions: 'noteFailure' },
        'timed out': { target: 'waiting', actions: ['noteFailure', 'hangUp'] },
      },
    },
    waiting: {
      entry: ['fail', 'tellBroken'],
      on: { use: { actions: 'fail' } },
      after: { reconnectBackoff: { target: 'idle', actions: 'tellReady' } },
    },
  },
});
