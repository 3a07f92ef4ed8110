import { JIFFY_US } from './constants.ts';
import type { Sim } from './contract.ts';

/** Jiffies in a period after which the wheel's rounding repeats, for delays up to 129 s (`LVL_GRAN(4)`). */
const PHASES = 4096;

/**
 * A host's tick counter and its timer wheel (kernel/time/timer.c). A timer fires at a tick, and the further off it is,
 * the coarser the ticks at which it can: never early, late by up to 4 ms below 0.25 s, 32 ms below 2 s, 256 ms below
 * 16 s, 2 s below 129 s. Where in its period a host's clock stands when the run begins is luck of its own.
 */
export class Jiffies {
  readonly #phaseUs: number;

  constructor(sim: Sim, host: string) {
    this.#phaseUs = sim.random(`host/${host}/jiffies`).integer(PHASES * JIFFY_US);
  }

  /** `jiffies`. */
  at(nowUs: number): number {
    return Math.floor((nowUs + this.#phaseUs) / JIFFY_US);
  }

  /**
   * When a timer set now really fires, in µs (`calc_wheel_index`, `calc_index`: up to the next multiple of the level's
   * granularity, and one more where it stands on one).
   * @param delay in jiffies
   */
  fires(nowUs: number, delay: number): number {
    const expires = this.at(nowUs) + delay;
    let granularity = 1;
    // Level n takes delays below 63 · 8^n.
    for (let limit = 63; delay >= limit; limit *= 8) granularity *= 8;
    return (Math.floor(expires / granularity) + 1) * granularity * JIFFY_US - this.#phaseUs;
  }
}

/** `usecs_to_jiffies`: rounds up. */
export function toJiffies(us: number): number {
  return Math.ceil(us / JIFFY_US);
}
