import { KIND } from '../../trace/trace.ts';
import type { Processor } from '../contract/load-balancer.ts';
import type { Sim } from '../contract/sim.ts';
import { Cpu } from './cpu.ts';

/** Work shorter than this, waiting included, leaves no record. */
const RECORDED_FROM_US = 1000;

/**
 * A CPU whose work is closures, for a machine in front of the servers.
 * @param what a key of the vocabulary: its work is recorded as `server.worked` of server -1
 */
export function createProcessor(sim: Sim, what: string): Processor {
  const { kernel, trace } = sim;
  const waiting = new Map<number, () => void>();
  let next = 0;
  const cpu = new Cpu(kernel, trace, (queuedUs, tookUs) => {
    if (queuedUs + tookUs < RECORDED_FROM_US) return;
    trace.add(KIND['server.worked'], kernel.nowUs, -1, trace.text(what), queuedUs, tookUs);
  });
  const task = cpu.task((number) => {
    const then = waiting.get(number);
    waiting.delete(number);
    then?.();
  });
  return {
    get busyUs() {
      return cpu.busyUs;
    },
    get queuedPeakUs() {
      return cpu.queuedPeakUs;
    },
    run(costUs, then) {
      waiting.set(++next, then);
      cpu.run(costUs, task, next);
    },
    pause: (paused) => cpu.pause(paused),
    clear() {
      cpu.clear();
      waiting.clear();
    },
  };
}
