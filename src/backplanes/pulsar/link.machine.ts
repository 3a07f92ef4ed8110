import { setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/place.ts';

/** A connection to a broker, a bookie or the metadata store: opened when it is wanted. Who uses it waits before the next. */
export const linkMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: { connectionTimeout: 10_000 },
  actions: { connect: () => {}, flush: () => {}, hangUp: () => {}, fail: () => {} },
}).createMachine({
  id: 'pulsar connection',
  context: {},
  initial: 'closed',
  states: {
    closed: { on: { use: 'connecting' } },
    connecting: {
      entry: 'connect',
      on: { opened: 'open', closed: { target: 'closed', actions: 'fail' } },
      after: { connectionTimeout: { target: 'closed', actions: ['hangUp', 'fail'] } },
    },
    open: { entry: 'flush', on: { closed: { target: 'closed', actions: 'fail' } } },
  },
});
