import { setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Context = { apiTimeoutMs: number; activityMs: number };
type Scope = { context: Context; event: MachineEvent };

const context: Context = { apiTimeoutMs: 5_000, activityMs: 10_000 };

/**
 * Who reads the stream: it creates its consumer, or finds it, and reads. It looks now and then whether anything has come,
 * a heartbeat at least (nats.go, `activityCheck`), and creates an ordered consumer anew when there is a gap.
 */
export const readerMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  actions: { create: () => {}, begin: () => {}, checkActivity: () => {} },
  delays: {
    'api timeout': ({ context }: Scope) => context.apiTimeoutMs,
    'activity check': ({ context }: Scope) => context.activityMs,
  },
}).createMachine({
  id: 'jetstream reader',
  context,
  initial: 'off',
  states: {
    off: { on: { start: 'creating' } },
    creating: {
      entry: 'create',
      on: { created: { target: 'reading', actions: 'begin' }, refused: 'refused' },
      after: { 'api timeout': { target: 'creating', reenter: true } },
    },
    reading: {
      on: { gap: 'creating', again: { actions: 'begin' } },
      after: { 'activity check': { target: 'reading', reenter: true, actions: 'checkActivity' } },
    },
    refused: { type: 'final' },
  },
});
