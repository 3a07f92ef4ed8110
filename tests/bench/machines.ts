import { transition } from 'xstate';
import { compileMachine } from '../../src/engine/machine/compile.ts';
import { Population } from '../../src/engine/machine/population.ts';
import { Kernel } from '../../src/kernel/kernel.ts';
import { websocketClientMachine } from '../../src/transports/websocket/client.machine.ts';
import type { Case } from './measure.ts';

const STEPS = { compiled: 400_000, xstate: 4_000 };
/** A life of a socket: opened, ten messages, a ping and its pong, lost. */
const LIFE = [
  { type: 'start' },
  { type: 'head', status: 101 },
  ...Array.from({ length: 10 }, () => ({ type: 'message', messages: 1 })),
  { type: 'failed', random: 0.5 },
  { type: 'online' },
].slice(1);

const compiled = compileMachine(websocketClientMachine);
const context = { ...compiled.initialContext, backoffKind: 2 };

/** Clients in turn, so that each step meets another one, as in a crowd. */
function crowd(clients: number): () => number {
  return () => {
    const population = new Population(compiled, new Kernel(), { effect: () => {} });
    for (let i = 0; i < clients; i++) population.send(population.add(context), { type: 'start' });
    for (let step = 0; step < STEPS.compiled; step++) {
      const life = LIFE[Math.floor(step / clients) % LIFE.length] as { type: string };
      population.send(step % clients, life);
    }
    return STEPS.compiled;
  };
}

function xstate(): number {
  let snapshot = websocketClientMachine.resolveState({ value: 'connecting', context } as never);
  for (let step = 0; step < STEPS.xstate; step++) {
    const event = { ...(LIFE[step % LIFE.length] as { type: string }), atUs: 0 };
    [snapshot] = transition(websocketClientMachine, snapshot as never, event as never) as unknown as [
      typeof snapshot,
    ];
  }
  return STEPS.xstate;
}

export const MACHINES: Case[] = [
  { name: 'XState transition()', run: xstate },
  { name: 'compiled, one client', run: crowd(1) },
  { name: 'compiled, 100,000 clients in turn', run: crowd(100_000) },
];
