import { assign, setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Scope = { context: Record<string, number>; event: MachineEvent };

/** Somebody has joined since, and a rebalance may take so long (GroupMetadataManager.tryCompleteInitialRebalance…). */
const mayWaitOn = ({ context }: Scope): boolean => context.joined === 1 && (context.leftMs ?? 0) > 0;
const initial = ({ context }: Scope): number => context.initialMs ?? 0;
const leftAtFirst = ({ context }: Scope): number =>
  Math.max((context.rebalanceMs ?? 0) - (context.initialMs ?? 0), 0);
const next = ({ context }: Scope): number => Math.min(context.initialMs ?? 0, context.leftMs ?? 0);
const leftThen = ({ context }: Scope): number => Math.max((context.leftMs ?? 0) - (context.waitMs ?? 0), 0);

/** A consumer group at its coordinator (the classic protocol: org.apache.kafka.coordinator.group.classic.ClassicGroup). */
export const groupMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  delays: {
    initialRebalanceDelay: ({ context }: Scope) => context.waitMs ?? 0,
    rebalanceTimeout: ({ context }: Scope) => context.rebalanceMs ?? 0,
  },
  guards: { mayWaitOn },
  actions: {
    interrupt: () => {},
    answerJoins: () => {},
    beginToWait: assign({ joined: 0, waitMs: initial, leftMs: leftAtFirst }),
    noteJoined: assign({ joined: 1 }),
    waitOn: assign({ joined: 0, waitMs: next, leftMs: leftThen }),
  },
}).createMachine({
  id: 'kafka group',
  context: { initialMs: 3000, rebalanceMs: 300_000, joined: 0, waitMs: 3000, leftMs: 297_000 },
  initial: 'empty',
  states: {
    empty: { on: { join: { target: 'gathering', actions: 'beginToWait' }, restored: 'stable' } },
    // Whoever joins while it waits makes it wait once more, when the time is over.
    gathering: {
      on: { join: { actions: 'noteJoined' }, emptied: 'empty' },
      after: {
        initialRebalanceDelay: [
          { guard: 'mayWaitOn', target: 'gathering', reenter: true, actions: 'waitOn' },
          { target: 'completing' },
        ],
      },
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
