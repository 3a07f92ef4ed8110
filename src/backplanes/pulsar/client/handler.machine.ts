import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/** From 100 ms doubling up to a minute, up to a tenth less by luck: an estimate. */
const nextDelay = ({ context, event }: Scope) => (context.stepMs ?? 0) * (1 - 0.1 * Number(event.random));
const nextStep = ({ context }: Scope) => Math.min((context.stepMs ?? 0) * 2, 60_000);

/** A producer or consumer of a partition: look up its broker, connect, and after a loss the same again. */
export const handlerMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: { backoff: ({ context }: Scope) => context.delayMs ?? 0 },
  actions: {
    lookUp: () => {},
    attach: () => {},
    ready: () => {},
    planRetry: assign({ delayMs: nextDelay, stepMs: nextStep }),
    succeed: assign({ stepMs: 100 }),
  },
}).createMachine({
  id: 'pulsar client',
  context: { stepMs: 100, delayMs: 0 },
  initial: 'off',
  states: {
    off: { on: { start: 'looking up' } },
    'looking up': {
      entry: 'lookUp',
      on: { found: 'connecting', failed: { target: 'waiting', actions: 'planRetry' } },
    },
    connecting: {
      entry: 'attach',
      on: {
        attached: { target: 'ready', actions: 'succeed' },
        failed: { target: 'waiting', actions: 'planRetry' },
      },
    },
    ready: { entry: 'ready', on: { failed: { target: 'waiting', actions: 'planRetry' } } },
    waiting: { after: { backoff: 'looking up' } },
  },
});
