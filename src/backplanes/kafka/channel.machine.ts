import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/** It doubles, is 20 % more or less, and never more than `max` (ExponentialBackoff.backoff). */
const grown = (first: number, max: number, failures: number, random: unknown): number =>
  Math.min(Math.min(first * (1 << Math.min(failures, 10)), max) * (0.8 + 0.4 * Number(random ?? 0.5)), max);
/** `reconnect.backoff.ms` to `reconnect.backoff.max.ms` (CommonClientConfigs). */
const nextBackoff = ({ context, event }: Scope): number =>
  grown(50, 1000, context.failures ?? 0, event.random);
/** `socket.connection.setup.timeout.ms` to `…max.ms`, by attempts that failed (ClusterConnectionStates). */
const setupTimeout = ({ context, event }: Scope): number =>
  grown(10_000, 30_000, context.failedAttempts ?? 0, event.random);

/** A connection of a client, or of a broker, to a broker: opened when it is wanted, and again after a while when it broke. */
export const channelMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: {
    connectionSetupTimeout: ({ context }: Scope) => context.setupMs ?? 0,
    reconnectBackoff: ({ context }: Scope) => context.backoffMs ?? 0,
  },
  actions: {
    noteFailure: assign({
      backoffMs: nextBackoff,
      failures: ({ context }: Scope) => (context.failures ?? 0) + 1,
    }),
    noteFailedAttempt: assign({ failedAttempts: ({ context }: Scope) => (context.failedAttempts ?? 0) + 1 }),
    noteSuccess: assign({ failures: 0, failedAttempts: 0 }),
    planSetup: assign({ setupMs: setupTimeout }),
    connect: () => {},
    flush: () => {},
    hangUp: () => {},
    fail: () => {},
    tellReady: () => {},
    tellBroken: () => {},
  },
}).createMachine({
  id: 'kafka connection',
  context: { failures: 0, failedAttempts: 0, backoffMs: 50, setupMs: 10_000 },
  initial: 'idle',
  states: {
    idle: {
      on: {
        use: { target: 'connecting', actions: 'planSetup' },
        prepare: { target: 'connecting', actions: 'planSetup' },
      },
    },
    connecting: {
      entry: 'connect',
      on: {
        opened: { target: 'open', actions: 'noteSuccess' },
        closed: { target: 'waiting', actions: ['noteFailure', 'noteFailedAttempt'] },
      },
      after: {
        connectionSetupTimeout: {
          target: 'waiting',
          actions: ['noteFailure', 'noteFailedAttempt', 'hangUp'],
        },
      },
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
