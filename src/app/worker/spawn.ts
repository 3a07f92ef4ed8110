import type { WorkerLike } from './client.ts';

function load(): WorkerLike {
  return new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: 'hopscope run',
  }) as WorkerLike;
}

// Begun when this module is read, which `main.tsx` does first: the worker loads while the page is still being built.
let first: WorkerLike | null = load();

/** A worker with the simulation in it. */
export function spawnWorker(): WorkerLike {
  const worker = first ?? load();
  first = null;
  return worker;
}
