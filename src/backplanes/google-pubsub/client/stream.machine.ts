import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

const MAX_MS = 60_000;

/** Doubles from 100 ms, half of it up or down, or half a second if that is less (src/exponential-retry.ts). */
function nextDelay({ context, event }: Scope): number {
  const stepMs = context.stepMs ?? 0;
  return stepMs + (Number(event.random) - 0.5) * Math.min(stepMs, 1_000);
}

/** A server's StreamingPull: kept open, and kept from looking idle (src/message-stream.ts, KEEP_ALIVE_INTERVAL). */
export const streamMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: { keepAlive: 30_000, retryDelay: ({ context }: Scope) => context.delayMs ?? 0 },
  actions: {
    open: () => {},
    keepAlive: () => {},
    planRetry: assign({
      delayMs: nextDelay,
      stepMs: ({ context }: Scope) => Math.min((context.stepMs ?? 0) * 2, MAX_MS),
    }),
    noteSuccess: assign({ stepMs: 100 }),
  },
}).createMachine({
  id: 'streaming pull',
  context: { stepMs: 100, delayMs: 0 },
  initial: 'off',
  states: {
    off: { on: { start: 'opening' } },
    opening: {
      entry: 'open',
      on: {
        opened: 'open',
        unavailable: { target: 'waiting', actions: 'planRetry' },
      },
    },
    open: {
      // Only what comes on a stream says that it works (_onData).
      on: { data: { actions: 'noteSuccess' }, unavailable: { target: 'waiting', actions: 'planRetry' } },
      after: { keepAlive: { target: 'open', reenter: true, actions: 'keepAlive' } },
    },
    waiting: { after: { retryDelay: 'opening' } },
  },
});
