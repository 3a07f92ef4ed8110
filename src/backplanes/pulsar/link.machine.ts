import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/**
 * One end of a connection to a broker, a bookie or the metadata store: opened when it is wanted, or accepted. Who uses it
 * waits before the next. Between clients and brokers both ends ask for a sign of life once in each interval, and close
 * when not a byte has come since they asked the last time (PulsarHandler.java, handleKeepAliveTimeout).
 */
export const linkMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  guards: { isUnanswered: ({ context }: Scope) => context.unanswered === 1 },
  delays: {
    connectionTimeout: 10_000,
    keepAliveInterval: ({ context }: Scope) => context.keepAliveMs ?? 0,
  },
  actions: {
    connect: () => {},
    flush: () => {},
    hangUp: () => {},
    fail: () => {},
    ping: () => {},
    noteAsked: assign({ unanswered: 1 }),
    noteHeard: assign({ unanswered: 0 }),
  },
}).createMachine({
  id: 'pulsar connection',
  context: { keepAliveMs: 30_000, unanswered: 0 },
  initial: 'closed',
  states: {
    closed: { on: { use: 'connecting', accepted: 'open' } },
    connecting: {
      entry: 'connect',
      on: { opened: { target: 'open', actions: 'noteHeard' }, closed: { target: 'closed', actions: 'fail' } },
      after: { connectionTimeout: { target: 'closed', actions: ['hangUp', 'fail'] } },
    },
    open: {
      entry: 'flush',
      on: { heard: { actions: 'noteHeard' }, closed: { target: 'closed', actions: 'fail' } },
      after: {
        keepAliveInterval: [
          { guard: 'isUnanswered', target: 'closed', actions: ['hangUp', 'fail'] },
          { target: 'open', reenter: true, actions: ['noteAsked', 'ping'] },
        ],
      },
    },
  },
});
