/// <reference lib="webworker" />
import { loadParts } from '../../scenarios/load-parts.ts';
import { createRunOf } from '../../scenarios/run-of.ts';
import { simulateForReport } from '../luck/simulate.ts';
import type { PageMessage, WorkerMessage } from './messages.ts';
import { messageOf, simulate } from './slices.ts';

/** The thread on which runs are simulated. It keeps one run at a time: the last that was asked for. */
let wanted = 0;

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
  wanted = generation;
  if (data.kind === 'stop') return;
  const { plan } = data;
  try {
    const parts = await loadParts(plan);
    if (wanted !== generation) return;
    if (data.kind === 'seed') {
      const rest = (next: () => void) => setTimeout(next, REST_MS);
      const around = { nowMs: () => performance.now(), soon: rest, post };
      simulateForReport(
        createRunOf(parts, plan, 'fingerprint'),
        generation,
        around,
        () => wanted === generation,
      );
      return;
    }
    simulate(
      createRunOf(parts, plan, 'all'),
      generation,
      {
        nowMs: () => performance.now(),
        soon: (callback) => {
          waiting.push(callback);
          channel.port2.postMessage(0);
        },
        post,
      },
      () => wanted === generation,
    );
  } catch (error) {
    post({ kind: 'failed', generation, message: messageOf(error) }, []);
  }
};
