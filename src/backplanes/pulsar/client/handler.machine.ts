import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

const INITIAL_MS = 100;
const MAX_MS = 60_000;

const isFirst = ({ context }: Scope) => context.stepMs === INITIAL_MS;
/** Since the first wait of this row of failures, ms. */
const elapsedMs = (scope: Scope) =>
  isFirst(scope) ? 0 : (scope.event.atUs - (scope.context.firstUs ?? 0)) / 1_000;
/** The next wait would go beyond the last moment at which trying again is of use. */
const isTooLong = (scope: Scope) =>
  scope.context.stopMade !== 1 &&
  elapsedMs(scope) + (scope.context.stepMs ?? 0) > (scope.context.stopMs ?? 0);

/**
 * From 100 ms doubling up to a minute, up to a tenth less by luck. Once, a wait ends before a producer would give up what
 * it has (Backoff.java: the mandatory stop, which ProducerImpl puts 100 ms before its sendTimeout).
 */
function nextDelay(scope: Scope): number {
  const { stepMs = 0, stopMs = 0 } = scope.context;
  const fullMs = isTooLong(scope) ? Math.max(INITIAL_MS, stopMs - elapsedMs(scope)) : stepMs;
  return Math.max(INITIAL_MS, fullMs * (1 - 0.1 * Number(scope.event.random)));
}
const nextStep = ({ context }: Scope) => Math.min((context.stepMs ?? 0) * 2, MAX_MS);
const nextStop = (scope: Scope) => (isTooLong(scope) ? 1 : (scope.context.stopMade ?? 0));
const since = (scope: Scope) => (isFirst(scope) ? scope.event.atUs : (scope.context.firstUs ?? 0));

/** A producer or consumer of a partition: look up its broker, connect, and after a loss the same again. */
export const handlerMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: { backoff: ({ context }: Scope) => context.delayMs ?? 0 },
  actions: {
    lookUp: () => {},
    attach: () => {},
    ready: () => {},
    planRetry: assign({ delayMs: nextDelay, stepMs: nextStep, stopMade: nextStop, firstUs: since }),
    succeed: assign({ stepMs: INITIAL_MS, stopMade: 0 }),
  },
}).createMachine({
  id: 'pulsar client',
  context: { stepMs: INITIAL_MS, delayMs: 0, firstUs: 0, stopMs: 0, stopMade: 0 },
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
