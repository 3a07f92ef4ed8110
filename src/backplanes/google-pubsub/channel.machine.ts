import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

const MULTIPLIER = 1.6;
const JITTER = 0.2;

/** A second, then 1.6 times as long up to two minutes, 20 % up or down (@grpc/grpc-js, src/backoff-timeout.ts). */
function nextBackoff({ context, event }: Scope): number {
  const { initialMs = 0, maxMs = 0, failures = 0 } = context;
  if (failures === 0) return initialMs;
  let delay = initialMs;
  for (let i = 0; i < failures && delay < maxMs; i++) delay *= MULTIPLIER;
  return Math.min(delay, maxMs) * (1 - JITTER + 2 * JITTER * Number(event.random));
}

/**
 * A gRPC channel: it connects when it is wanted; one that cannot tries again by
 * itself after a wait, one whose connection ends is idle until it is wanted again.
 */
export const channelMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: {
    minConnectTimeout: 20_000,
    backoff: ({ context }: Scope) => context.backoffMs ?? 0,
  },
  actions: {
    connect: () => {},
    serve: () => {},
    hangUp: () => {},
    fail: () => {},
    noteSuccess: assign({ failures: 0 }),
    noteFailure: assign({
      backoffMs: nextBackoff,
      failures: ({ context }: Scope) => (context.failures ?? 0) + 1,
    }),
  },
}).createMachine({
  id: 'gRPC channel',
  context: { initialMs: 1_000, maxMs: 120_000, failures: 0, backoffMs: 0 },
  initial: 'idle',
  states: {
    idle: { on: { use: 'connecting' } },
    connecting: {
      entry: 'connect',
      on: {
        opened: { target: 'ready', actions: 'noteSuccess' },
        closed: { target: 'transient failure', actions: 'noteFailure' },
      },
      after: { minConnectTimeout: { actions: 'hangUp' } },
    },
    ready: { entry: 'serve', on: { closed: { target: 'idle', actions: 'fail' } } },
    'transient failure': {
      entry: 'fail',
      on: { use: { actions: 'fail' } },
      after: { backoff: 'connecting' },
    },
  },
});
