import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/place.ts';

type Context = { failures: number; backoffMs: number };
type Scope = { context: Context; event: MachineEvent };

const BASE_MS = 1_000;
const FACTOR = 1.6;
const MAX_MS = 120_000;

/** grpc-go's backoff: 1 s, times 1.6 for each failure in a row, at most 120 s, 20 % up or down. */
const nextBackoff = ({ context, event }: Scope): number => {
  let delay = BASE_MS;
  for (let failure = 0; failure < context.failures && delay < MAX_MS; failure++) delay *= FACTOR;
  return Math.min(delay, MAX_MS) * (0.8 + 0.4 * Number(event.random ?? 0.5));
};
const oneMore = ({ context }: Scope) => context.failures + 1;
const backoff = ({ context }: Scope) => context.backoffMs;

/** A gRPC channel: it connects when it is used, fails calls at once while it cannot, and tries again after a while. */
export const channelMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  // MIN_CONNECT_TIMEOUT.
  delays: { 'connect timeout': 20_000, backoff },
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
  context: { failures: 0, backoffMs: BASE_MS },
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
      on: { use: { actions: 'flush' }, closed: { target: 'failing', actions: 'noteFailure' } },
    },
    failing: {
      entry: 'fail',
      on: { use: { actions: 'fail' } },
      after: { backoff: 'connecting' },
    },
  },
});
