/// <reference lib="webworker" />
import { createRun } from '../../scenarios/run.ts';
import type { StartMessage, WorkerMessage } from './messages.ts';
import { messageOf, simulate } from './slices.ts';

/** The thread on which runs are simulated. It keeps one run at a time: the last that was asked for. */
let wanted = 0;

// A message to oneself comes after those that wait already, and without the 4 ms that a nested setTimeout costs.
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

const post = (message: WorkerMessage, transfer: ArrayBufferLike[]) =>
  self.postMessage(message, { transfer: transfer as ArrayBuffer[] });

self.onmessage = ({ data }: MessageEvent<StartMessage>) => {
  const { generation, plan } = data;
  wanted = generation;
  try {
    simulate(
      createRun(plan, 'all'),
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
