import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Context = { firstPingMs: number; pingMs: number; maxPingsOut: number; pingsOut: number };
type Scope = { context: Context; event: MachineEvent };

const context: Context = { firstPingMs: 2_200, pingMs: 120_000, maxPingsOut: 2, pingsOut: 0 };
const isStale = ({ context }: Scope) => context.pingsOut + 1 > context.maxPingsOut;

const DUE = { target: 'serving', reenter: true, actions: 'considerPing' } as const;

/**
 * The server's side of a client's connection (client.go, `processPingTimer`): it says INFO, waits for CONNECT, and pings
 * clients of which it has heard nothing for an interval. The first ping, which measures the round trip, comes early.
 */
export const connectionMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  guards: { isStale },
  actions: {
    inform: () => {},
    considerPing: () => {},
    ping: () => {},
    closeStale: () => {},
    countPing: assign({ pingsOut: ({ context }: Scope) => context.pingsOut + 1 }),
    forgetPings: assign({ pingsOut: 0 }),
  },
  delays: {
    'first ping': ({ context }: Scope) => context.firstPingMs,
    'ping interval': ({ context }: Scope) => context.pingMs,
  },
}).createMachine({
  id: 'nats connection',
  context,
  initial: 'accepted',
  states: {
    accepted: { on: { start: { target: 'expecting CONNECT', actions: 'inform' } } },
    'expecting CONNECT': { on: { connect: 'new' } },
    new: {
      on: { pong: { actions: 'forgetPings' } },
      after: { 'first ping': { target: 'serving', actions: ['countPing', 'ping'] } },
    },
    serving: {
      on: {
        pong: { actions: 'forgetPings' },
        silent: [
          { guard: 'isStale', target: 'stale', actions: 'closeStale' },
          { actions: ['countPing', 'ping'] },
        ],
      },
      after: { 'ping interval': DUE },
    },
    stale: { type: 'final' },
  },
});
