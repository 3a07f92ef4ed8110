import { setup } from 'xstate';
import { askOnce } from '../../../src/engine/contract/ask-once.ts';
import type { ClientIo, MachineEvent, TransportPlugin } from '../../../src/engine/contract/transport.ts';
import { polling } from '../../../src/transports/polling/index.ts';

const machine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  actions: { request: () => {} },
}).createMachine({
  id: 'twice',
  context: {},
  initial: 'off',
  states: {
    off: { on: { start: 'first' } },
    first: { entry: 'request', on: { response: 'second' } },
    second: { entry: 'request', on: { response: 'done' } },
    done: {},
  },
});

/** What the rig's client did: a request, and another as soon as the first is answered. Served like polling. */
export const twice: TransportPlugin = {
  ...polling,
  manifest: { ...polling.manifest, kind: 'twice' },
  client: {
    machine,
    context: () => ({}),
    effects: { request: (io: ClientIo) => askOnce(io, 'twice', 'polling.request', 0) },
  },
};
