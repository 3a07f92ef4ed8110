import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/place.ts';

type Context = { failures: number; backoffMs: number; eager: number };
type Scope = { context: Context; event: MachineEvent };

const BASE_MS = 1_000;
const FACTOR = 1.6;
const MAX_MS = 120_000;

/** grpc-go's backoff: 1 s, then times 1.6 for each further failure in a row, at most 120 s, 20 % up or down. */
const nextBackoff = ({ context, event }: Scope): number => {
  if (context.failures === 0) return BASE_MS;
  let delay = BASE_MS;
  for (let failure = 0; failure < context.failures && delay < MAX_MS; failure++) delay *= FACTOR;
  return Math.min(delay, MAX_MS) * (0.8 + 0.4 * Number(event.random ?? 0.5));
};
const oneMore = ({ context }: Scope) => context.failures + 1;
const backoff = ({ context }: Scope) => context.backoffMs;

/**
 * A gRPC channel: it connects when it is used, and fails calls at once for a while after it could not. A connection that
 * ends leaves it idle (grpc-go, clientconn.go): the next call connects anew, without a wait. An eager one, as etcd's
 * client has it (the policy round_robin), does not wait for a call (balancer/base/balancer.go).
 */
export const channelMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  // MIN_CONNECT_TIMEOUT.
  delays: { 'connect timeout': 20_000, backoff },
  guards: { isEager: ({ context }: Scope) => context.eager === 1 },
  actions: {
    connect: () => {},
    flush: () => {},
    fail: () => {},
    hangUp: () => {},
    noteSuccess: assign({ failures: 0 }),
    noteFailure: assign({ backoffMs: nextBackoff, failures: oneMore }),
  },
}).createMachine({
  id: 'channel',
  context: { failures: 0, backoffMs: BASE_MS, eager: 0 },
  initial: 'idle',
  states: {
    idle: { on: { use: 'connecting' } },
    connecting: {
      entry: 'connect',
      on: {
        opened: { target: 'ready', actions: 'noteSuccess' },
        closed: { target: 'failing', actions: 'noteFailure' },
      },
      after: { 'connect timeout': { target: 'failing', actions: ['noteFailure', 'hangUp'] } },
    },
    ready: {
      entry: 'flush',
      on: {
        use: { actions: 'flush' },
        closed: [{ guard: 'isEager', target: 'connecting' }, { target: 'idle' }],
      },
    },
    failing: {
      entry: 'fail',
      on: { use: { actions: 'fail' } },
      after: { backoff: [{ guard: 'isEager', target: 'connecting' }, { target: 'idle' }] },
    },
  },
});
