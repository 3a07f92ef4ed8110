import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Context = { hardBytes: number; softBytes: number; softSeconds: number; sinceUs: number };
type Scope = { context: Context; event: MachineEvent };

const context: Context = { hardBytes: 33_554_432, softBytes: 8_388_608, softSeconds: 60, sinceUs: 0 };
const SECOND_US = 1_000_000;

const bytesOf = ({ event }: Scope) => event.bytes as number;
/** A limit of 0 is none. */
const isOverHard = (scope: Scope) => scope.context.hardBytes > 0 && bytesOf(scope) >= scope.context.hardBytes;
const isOverSoft = (scope: Scope) => scope.context.softBytes > 0 && bytesOf(scope) >= scope.context.softBytes;
/** Redis counts whole seconds of the clock on the wall, and wants more of them than the limit. */
const isOverdue = (scope: Scope) =>
  isOverSoft(scope) &&
  Math.floor(scope.event.atUs / SECOND_US) - Math.floor(scope.context.sinceUs / SECOND_US) >
    scope.context.softSeconds;
const now = ({ event }: Scope) => event.atUs;

/**
 * Redis' side of a client in subscriber mode: `client-output-buffer-limit pubsub`. Above the hard limit it is cut off at
 * once, above the soft one when that has lasted (networking.c, checkClientOutputBufferLimits, on each write and from
 * clientsCron once a second).
 */
export const connectionMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  guards: { isOverHard, isOverSoft, isOverdue },
  actions: {
    measure: () => {},
    cut: () => {},
    noteSince: assign({ sinceUs: now }),
  },
  delays: { clientsCron: 1_000 },
}).createMachine({
  id: 'redis connection',
  context,
  initial: 'normal',
  states: {
    normal: { on: { subscribed: 'pubsub' } },
    pubsub: {
      initial: 'within limits',
      on: { unsubscribed: 'normal' },
      states: {
        'within limits': {
          on: {
            buffered: [
              { guard: 'isOverHard', target: '#cut', actions: 'cut' },
              { guard: 'isOverSoft', target: 'over soft limit', actions: 'noteSince' },
            ],
          },
        },
        'over soft limit': {
          on: {
            buffered: [
              { guard: 'isOverHard', target: '#cut', actions: 'cut' },
              { guard: 'isOverdue', target: '#cut', actions: 'cut' },
              { guard: 'isOverSoft' },
              { target: 'within limits' },
            ],
          },
          after: { clientsCron: { target: 'over soft limit', reenter: true, actions: 'measure' } },
        },
      },
    },
    cut: { id: 'cut', type: 'final' },
  },
});
