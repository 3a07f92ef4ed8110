import { setup } from 'xstate';
import type { MachineEvent } from '../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/** Asks one broker for more, again and again, as long as there is something to ask for: a follower's thread, or a consumer. */
export const fetcherMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: { fetchBackoff: ({ context }: Scope) => context.backoffMs ?? 0 },
  actions: { ask: () => {} },
}).createMachine({
  id: 'kafka fetcher',
  context: { backoffMs: 100 },
  initial: 'idle',
  states: {
    idle: { on: { wake: 'fetching' } },
    fetching: {
      entry: 'ask',
      on: { answered: { target: 'fetching', reenter: true }, nothing: 'idle', failed: 'backing off' },
    },
    'backing off': { after: { fetchBackoff: 'fetching' } },
  },
});
