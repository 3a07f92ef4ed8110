import { setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/transport.ts';

type Context = { holdMs: number };
type Scope = { context: Context; event: MachineEvent };

const context: Context = { holdMs: 25000 };
/** There is something new, or the client does not know where it stands yet. */
const answersAtOnce = ({ event }: Scope) => (event.news as number) > 0 || event.first === 1;
const hold = ({ context }: Scope) => context.holdMs;

/** Holds a request until there is something to answer, or for as long as it may. */
export const longPollingServerMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  guards: { answersAtOnce },
  actions: { work: () => {}, wait: () => {}, answer: () => {} },
  delays: { hold },
}).createMachine({
  id: 'long-polling server',
  context,
  initial: 'receiving',
  states: {
    receiving: { on: { request: 'working', gone: 'done' } },
    working: {
      entry: 'work',
      on: {
        worked: [{ guard: 'answersAtOnce', target: 'done', actions: 'answer' }, { target: 'held' }],
        gone: 'done',
      },
    },
    held: {
      entry: 'wait',
      on: {
        message: { target: 'done', actions: 'answer' },
        shutdown: { target: 'done', actions: 'answer' },
        gone: 'done',
      },
      after: { hold: { target: 'done', actions: 'answer' } },
    },
    done: { type: 'final' },
  },
});
