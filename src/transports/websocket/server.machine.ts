import { setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/transport.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

const isPing = ({ event }: Scope) => event.code === 9;
const isClose = ({ event }: Scope) => event.code === 8;

/** The ws library destroys a socket whose peer does not close it (8.21, lib/websocket.js: closeTimeout 30 s). */
const CLOSE_TIMEOUT_MS = 30_000;

/** The server's end of a WebSocket. */
export const websocketServerMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  guards: { isPing, isClose },
  actions: {
    work: () => {},
    accept: () => {},
    listen: () => {},
    sendFrames: () => {},
    pong: () => {},
    close: () => {},
    finish: () => {},
    giveUp: () => {},
  },
  delays: { 'close timeout': CLOSE_TIMEOUT_MS },
}).createMachine({
  id: 'websocket server',
  context: {},
  initial: 'receiving',
  states: {
    receiving: { on: { request: 'working', gone: 'done' } },
    working: {
      entry: 'work',
      on: { worked: { target: 'open', actions: ['accept', 'sendFrames'] }, gone: 'done' },
    },
    open: {
      entry: 'listen',
      on: {
        message: { actions: 'sendFrames' },
        part: [
          { guard: 'isPing', actions: 'pong' },
          { guard: 'isClose', target: 'done', actions: ['close', 'finish'] },
        ],
        shutdown: { target: 'closing', actions: 'close' },
        gone: 'done',
      },
    },
    closing: {
      on: { part: { guard: 'isClose', target: 'done', actions: 'finish' }, gone: 'done' },
      after: { 'close timeout': { target: 'done', actions: 'giveUp' } },
    },
    done: { type: 'final' },
  },
});
