import type { Kernel } from '../kernel/kernel.ts';
import { randomStream } from '../kernel/random.ts';
import { KIND, type Trace } from '../trace/trace.ts';
import type { Sim, Units } from './contract/sim.ts';

/** Puts together what everything simulated stands on. @param seed of the run's random streams */
export function createSim(kernel: Kernel, trace: Trace, seed: number): Sim {
  const waiting: ((() => void) | null)[] = [];
  /** What led to each closure: its records name the same cause as if it had run at once. */
  const causes: number[] = [];
  const free: number[] = [];
  const run = kernel.handler((slot) => {
    const closure = waiting[slot] as () => void;
    waiting[slot] = null;
    free.push(slot);
    trace.cause = causes[slot] as number;
    closure();
    trace.cause = -1;
  });
  return {
    kernel,
    trace,
    units: new UnitTable(kernel, trace),
    random: (name) => randomStream(seed, name),
    later(delayUs, closure) {
      const slot = free.pop() ?? waiting.length;
      waiting[slot] = closure;
      causes[slot] = trace.cause;
      return kernel.after(delayUs, run, slot);
    },
  };
}

class UnitTable implements Units {
  readonly #kernel: Kernel;
  readonly #trace: Trace;
  readonly #contents = new Map<number, unknown>();
  #next = 1;

  constructor(kernel: Kernel, trace: Trace) {
    this.#kernel = kernel;
    this.#trace = trace;
  }

  create(
    connection: number,
    down: 0 | 1,
    what: string,
    bytes: number,
    content: unknown,
    message = 0,
    messages = 0,
  ): number {
    const unit = this.#next++;
    this.#contents.set(unit, content);
    const { nowUs } = this.#kernel;
    this.#trace.add(
      KIND['unit.sent'],
      nowUs,
      unit,
      connection,
      down,
      this.#trace.text(what),
      bytes,
      message,
      messages,
    );
    return unit;
  }

  peek(unit: number): unknown {
    return this.#contents.get(unit);
  }

  take(unit: number): unknown {
    const content = this.#contents.get(unit);
    this.#contents.delete(unit);
    this.#trace.add(KIND['unit.received'], this.#kernel.nowUs, unit);
    return content;
  }
}
