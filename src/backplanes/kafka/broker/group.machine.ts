import { setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/** A consumer group at its coordinator (the classic protocol: org.apache.kafka.coordinator.group.classic.ClassicGroup). */
export const groupMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: {
    initialRebalanceDelay: ({ context }: Scope) => context.initialMs ?? 0,
    rebalanceTimeout: ({ context }: Scope) => context.rebalanceMs ?? 0,
  },
  actions: { interrupt: () => {}, answerJoins: () => {} },
}).createMachine({
  id: 'kafka group',
  context: { initialMs: 3000, rebalanceMs: 300_000 },
  initial: 'empty',
  states: {
    empty: { on: { join: 'gathering', restored: 'stable' } },
    gathering: {
      on: { join: { target: 'gathering', reenter: true }, emptied: 'empty' },
      after: { initialRebalanceDelay: 'completing' },
    },
    preparing: {
      entry: 'interrupt',
      on: { 'all joined': 'completing', emptied: 'empty' },
      after: { rebalanceTimeout: 'completing' },
    },
    completing: {
      entry: 'answerJoins',
      on: { synced: 'stable', join: 'preparing', left: 'preparing', emptied: 'empty' },
    },
    stable: { on: { join: 'preparing', left: 'preparing', emptied: 'empty' } },
  },
});
