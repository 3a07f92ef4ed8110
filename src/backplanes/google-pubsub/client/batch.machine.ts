import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/** What is gathered for one call: messages to publish, acknowledgements, or extensions (lib/publisher/message-queues.ts). */
export const batchMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: { maxMilliseconds: ({ context }: Scope) => context.waitMs ?? 0 },
  actions: {
    noteWait: assign({ waitMs: ({ event }: Scope) => Number(event.waitMs) }),
    send: () => {},
  },
}).createMachine({
  id: 'Pub/Sub batch',
  context: { waitMs: 0 },
  initial: 'empty',
  states: {
    empty: { on: { added: { target: 'gathering', actions: 'noteWait' } } },
    gathering: { on: { full: 'sending' }, after: { maxMilliseconds: 'sending' } },
    // Calls with an ordering key are made one at a time; others go on at once.
    sending: { entry: 'send', on: { 'may go on': 'empty' } },
  },
});
