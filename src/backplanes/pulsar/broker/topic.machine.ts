import { setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

/** A partition at the broker that owns it: read what is needed, fence the last ledger, open a new one. */
export const topicMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: { retry: 200 },
  actions: { load: () => {}, readCursors: () => {}, recover: () => {}, create: () => {} },
}).createMachine({
  id: 'pulsar topic',
  context: {},
  initial: 'unloaded',
  states: {
    unloaded: { on: { start: 'loading' } },
    loading: { entry: 'load', on: { 'has metadata': 'reading cursors', again: 'waiting', lost: 'closed' } },
    'reading cursors': { entry: 'readCursors', on: { 'has cursors': 'recovering ledgers', lost: 'closed' } },
    'recovering ledgers': { entry: 'recover', on: { recovered: 'opening ledger', lost: 'closed' } },
    'opening ledger': { entry: 'create', on: { created: 'open', again: 'waiting', lost: 'closed' } },
    open: { on: { lost: 'closed' } },
    waiting: { on: { lost: 'closed' }, after: { retry: 'loading' } },
    closed: { type: 'final' },
  },
});
