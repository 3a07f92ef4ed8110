import { setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/** A broker's session with the metadata store: three pings in each timeout, as a ZooKeeper client sends them. */
export const sessionMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: { pingInterval: ({ context }: Scope) => (context.sessionMs ?? 0) / 3, retry: 500 },
  actions: { register: () => {}, ping: () => {} },
}).createMachine({
  id: 'broker session',
  context: { sessionMs: 30_000 },
  initial: 'none',
  states: {
    none: { on: { start: 'registering' } },
    registering: { entry: 'register', on: { kept: 'live', failed: 'waiting' } },
    live: { after: { pingInterval: 'pinging' } },
    pinging: { entry: 'ping', on: { kept: 'live', failed: 'waiting' } },
    waiting: { after: { retry: 'registering' } },
  },
});
