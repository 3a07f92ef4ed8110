import { KIND } from '../../trace/trace.ts';
import type { Sim } from '../contract/sim.ts';
import type { WorkDone } from './cpu.ts';

/** Work shorter than this, waiting included, leaves no record: a busy run would hold little else. */
const RECORDED_FROM_US = 1000;

/**
 * Records what a server's CPU has done.
 * @param words what kinds of work are called, by the CPU's task; others are the backplane's
 */
export function recordWork({ trace, kernel }: Sim, server: number, words: readonly string[]): WorkDone {
  return (queuedUs, tookUs, task) => {
    if (queuedUs + tookUs < RECORDED_FROM_US) return;
    const what = trace.text(words[task] ?? 'backplane');
    trace.add(KIND['server.worked'], kernel.nowUs, server, what, queuedUs, tookUs);
  };
}
