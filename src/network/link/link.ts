import type { LinkOptions, PacketFault, Sim } from './contract.ts';
import { type Counters, Direction } from './direction.ts';

/** A link between two places: two directions that share their options. Its number is its index in the trace's header. */
export class Link {
  readonly up: Direction;
  readonly down: Direction;
  readonly #sim: Sim;

  constructor(sim: Sim, name: string, number: number, options: LinkOptions) {
    this.#sim = sim;
    this.up = new Direction(sim, name, number, 0);
    this.down = new Direction(sim, name, number, 1);
    this.set(options);
  }

  /** Changes the options for packets that enter from now on. */
  set(options: LinkOptions): void {
    this.up.set(options, this.#sim.kernel.nowUs);
    this.down.set(options, this.#sim.kernel.nowUs);
  }

  /** Cuts or restores it, silently: packets that enter vanish. */
  setDown(direction: 'both' | 'up' | 'down', down: boolean): void {
    if (direction !== 'down') this.up.down = down;
    if (direction !== 'up') this.down.down = down;
  }

  addFault(fault: PacketFault): void {
    this[fault.direction].addFault(fault);
  }

  /** Both directions together. */
  get counters(): Counters {
    const { up, down } = this;
    return {
      packets: up.counters.packets + down.counters.packets,
      bytes: up.counters.bytes + down.counters.bytes,
      lostPackets: up.counters.lostPackets + down.counters.lostPackets,
      retransmissions: up.counters.retransmissions + down.counters.retransmissions,
    };
  }
}
