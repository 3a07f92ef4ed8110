import { setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

type Context = { writeDeadlineMs: number; maxPendingBytes: number };
type Scope = { context: Context; event: MachineEvent };

const context: Context = { writeDeadlineMs: 10_000, maxPendingBytes: 67_108_864 };
const isOver = ({ context, event }: Scope) => Number(event.bytes ?? 0) > context.maxPendingBytes;

/**
 * The write loop of a connection (client.go, `flushOutbound`, `queueOutbound`, `handleWriteTimeout`). What is queued is
 * written at once, all of it; while the kernel has no room for it, the write blocks, at most until the write deadline, and
 * what comes meanwhile waits. A client that is too slow for either limit is a slow consumer: it is cut off.
 */
export const writerMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  guards: { isOver },
  actions: { cut: () => {} },
  delays: { 'write deadline': ({ context }: Scope) => context.writeDeadlineMs },
}).createMachine({
  id: 'nats writer',
  context,
  initial: 'writing',
  states: {
    writing: { on: { blocked: 'blocked', queued: { guard: 'isOver', target: 'over max_pending' } } },
    blocked: {
      on: {
        written: 'writing',
        // The write goes on with what waited meanwhile, and has a deadline of its own.
        'written on': { target: 'blocked', reenter: true },
        queued: { guard: 'isOver', target: 'over max_pending' },
      },
      after: { 'write deadline': 'over write deadline' },
    },
    'over max_pending': { entry: { type: 'cut', params: { why: 'max_pending' } }, type: 'final' },
    'over write deadline': { entry: { type: 'cut', params: { why: 'write_deadline' } }, type: 'final' },
  },
});
