import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/place.ts';

type Context = { connectTimeoutMs: number; queryTimeoutMs: number; startedUs: number };
type Scope = { context: Context; event: MachineEvent };

/** It goes on while the process logs in (pg, lib/client.js: cleared by ReadyForQuery). */
const restOfConnectTimeout = ({ context, event }: Scope) =>
  context.connectTimeoutMs - (event.atUs - context.startedUs) / 1_000;

/** A connection of a process' pool to the database: opened when a statement needs it, and gone when it breaks. */
export const connectionMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  actions: {
    connect: () => {},
    logIn: () => {},
    begin: () => {},
    fail: () => {},
    hangUp: () => {},
    noteStart: assign({ startedUs: ({ event }: Scope) => event.atUs }),
  },
  delays: {
    'connect timeout': ({ context }: Scope) => context.connectTimeoutMs,
    'rest of the connect timeout': restOfConnectTimeout,
    'query timeout': ({ context }: Scope) => context.queryTimeoutMs,
  },
}).createMachine({
  id: 'database connection',
  context: { connectTimeoutMs: 5_000, queryTimeoutMs: 10_000, startedUs: 0 },
  initial: 'off',
  states: {
    off: { on: { start: { target: 'connecting', actions: 'noteStart' } } },
    connecting: {
      entry: 'connect',
      on: { opened: 'logging in', closed: 'gone' },
      after: { 'connect timeout': { target: 'gone', actions: 'hangUp' } },
    },
    'logging in': {
      entry: 'logIn',
      on: { 'ready for query': 'ready', closed: 'gone' },
      after: { 'rest of the connect timeout': { target: 'gone', actions: 'hangUp' } },
    },
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
