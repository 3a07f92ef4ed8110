import { setup } from 'xstate';
import type { MachineEvent } from '../../../engine/contract/place.ts';

/** A server's loop: ask, wait, work through what has come, ask again. One read is under way at a time. */
export const readerMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as MachineEvent },
  actions: { read: () => {}, process: () => {} },
  delays: { 'retry delay': 100 },
}).createMachine({
  id: 'redis reader',
  initial: 'idle',
  states: {
    idle: { on: { wake: 'reading' } },
    reading: {
      entry: 'read',
      on: {
        entries: 'processing',
        'nothing new': { target: 'reading', reenter: true },
        'nothing to read': 'idle',
        failed: 'backing off',
      },
    },
    processing: { entry: 'process', on: { processed: 'reading' } },
    'backing off': { after: { 'retry delay': 'reading' } },
  },
});

/** A consumer that looks now and then what others have left lying (XAUTOCLAIM). */
export const claimerMachine = setup({
  types: { context: {} as { intervalMs: number }, events: {} as MachineEvent },
  actions: { claim: () => {} },
  delays: { 'claim interval': ({ context }: { context: { intervalMs: number } }) => context.intervalMs },
}).createMachine({
  id: 'redis claimer',
  context: { intervalMs: 5_000 },
  initial: 'off',
  states: {
    off: { on: { start: 'waiting' } },
    waiting: { after: { 'claim interval': 'claiming' } },
    claiming: { entry: 'claim', on: { claimed: 'waiting' } },
  },
});
