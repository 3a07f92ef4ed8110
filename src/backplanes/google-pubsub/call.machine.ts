import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/** Full jitter: anything up to the delay (gax-nodejs, src/normalCalls/retries.ts). */
const nextDelay = ({ context, event }: Scope) => (context.stepMs ?? 0) * Number(event.random);
const nextStep = ({ context }: Scope) =>
  Math.min((context.stepMs ?? 0) * (context.multiplier ?? 1), context.maxMs ?? 0);

/**
 * A call that is made again as long as the service is unavailable, with longer and longer waits, up to a total time. One
 * that is not answered in its own time is made again only where the library's retry_codes have DEADLINE_EXCEEDED.
 */
export const callMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: {
    rpcTimeout: 60_000,
    totalTimeout: 600_000,
    retryDelay: ({ context }: Scope) => context.delayMs ?? 0,
  },
  guards: { retriesTimeouts: ({ context }: Scope) => context.retriesTimeouts === 1 },
  actions: {
    call: () => {},
    abandon: () => {},
    giveUp: () => {},
    planRetry: assign({ delayMs: nextDelay, stepMs: nextStep }),
  },
}).createMachine({
  id: 'Pub/Sub call',
  context: { stepMs: 100, multiplier: 1.3, maxMs: 60_000, delayMs: 0, retriesTimeouts: 0 },
  initial: 'new',
  states: {
    new: { on: { start: 'making' } },
    making: {
      initial: 'calling',
      on: { answered: 'done' },
      after: { totalTimeout: { target: 'given up', actions: 'giveUp' } },
      states: {
        calling: {
          entry: 'call',
          on: { unavailable: { target: 'waiting', actions: 'planRetry' } },
          after: {
            rpcTimeout: [
              { guard: 'retriesTimeouts', actions: 'abandon' },
              { target: '#given up', actions: 'giveUp' },
            ],
          },
        },
        waiting: { after: { retryDelay: 'calling' } },
      },
    },
    done: { type: 'final' },
    'given up': { id: 'given up', type: 'final' },
  },
});
