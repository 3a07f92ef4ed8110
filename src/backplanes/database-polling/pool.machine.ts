import { setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/place.ts';

type Context = { connectTimeoutMs: number; queryTimeoutMs: number };
type Scope = { context: Context };

/** A connection of a process' pool to the database: opened when a statement needs it, and gone when it breaks. */
export const connectionMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  actions: { connect: () => {}, logIn: () => {}, begin: () => {}, fail: () => {}, hangUp: () => {} },
  delays: {
    'connect timeout': ({ context }: Scope) => context.connectTimeoutMs,
    'query timeout': ({ context }: Scope) => context.queryTimeoutMs,
  },
}).createMachine({
  id: 'database connection',
  context: { connectTimeoutMs: 5_000, queryTimeoutMs: 10_000 },
  initial: 'off',
  states: {
    off: { on: { start: 'connecting' } },
    connecting: {
      entry: 'connect',
      on: { opened: 'logging in', closed: 'gone' },
      after: { 'connect timeout': { target: 'gone', actions: 'hangUp' } },
    },
    'logging in': { entry: 'logIn', on: { 'ready for query': 'ready', closed: 'gone' } },
    ready: {
      entry: 'begin',
      initial: 'idle',
      on: { closed: 'gone' },
      states: {
        idle: { on: { asked: 'awaiting' } },
        awaiting: {
          on: { answered: 'idle' },
          after: { 'query timeout': { target: '#gone', actions: 'hangUp' } },
        },
      },
    },
    gone: { id: 'gone', entry: 'fail', type: 'final' },
  },
});
