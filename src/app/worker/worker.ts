/// <reference lib="webworker" />
import { loadParts } from '../../scenarios/load-parts.ts';
import { createRunOf } from '../../scenarios/run-of.ts';
import { simulateForReport } from '../luck/simulate.ts';
import type { PageMessage, WorkerMessage } from './messages.ts';
import { messageOf, simulate } from './slices.ts';

/** The thread on which runs are simulated: the last that was asked for, and those that are to run beside it. */
const wanted = new Set<number>();

/** Work that nobody waits for leaves the processor to others in between. */
const REST_MS = 4;

// A message to oneself comes after those that wait already, and without the 4 ms that a nested setTimeout costs.
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

const post = (message: WorkerMessage, transfer: ArrayBufferLike[]) =>
  self.postMessage(message, { transfer: transfer as ArrayBuffer[] });

self.onmessage = async ({ data }: MessageEvent<PageMessage>) => {
  const { generation } = data;
  if (data.kind === 'drop') {
    wanted.delete(generation);
    return;
  }
  if (data.kind !== 'beside') wanted.clear();
  if (data.kind === 'stop') return;
  wanted.add(generation);
  const current = () => wanted.has(generation);
  const { plan } = data;
  try {
    const parts = await loadParts(plan);
    if (!current()) return;
    if (data.kind === 'seed') {
      const rest = (next: () => void) => setTimeout(next, REST_MS);
      const around = { nowMs: () => performance.now(), soon: rest, post };
      simulateForReport(createRunOf(parts, plan, 'fingerprint'), generation, around, current);
      return;
    }
    simulate(
      createRunOf(parts, plan, 'all', data.kind === 'beside' ? data.maxRows : undefined),
      generation,
      {
        nowMs: () => performance.now(),
        soon: (callback) => {
          waiting.push(callback);
          channel.port2.postMessage(0);
        },
        post,
      },
      current,
    );
  } catch (error) {
    post({ kind: 'failed', generation, message: messageOf(error) }, []);
  }
};
