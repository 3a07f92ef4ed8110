/**
 * The order in which a server was handed messages. Clients name messages by their numbers, which are the order of
 * acceptance; two servers may be handed the same messages in different orders, so what a client has yet to get follows
 * from its server's own order.
 */
export class Arrivals {
  /** By position, from 1. */
  readonly #order: number[] = [0];
  #positions: (number | undefined)[] = [];

  /** Position of the newest message (0: none yet). */
  get newest(): number {
    return this.#order.length - 1;
  }

  /** Takes a message down. @returns its position, or 0 if it was here before */
  add(message: number): number {
    if (this.#positions[message] !== undefined) return 0;
    const position = this.#order.push(message) - 1;
    this.#positions[message] = position;
    return position;
  }

  /** Where a message stands; undefined: it has not been here, or is forgotten. Nothing (0) stands before all. */
  positionOf(message: number): number | undefined {
    return message === 0 ? 0 : this.#positions[message];
  }

  /** The message at a position; 0: none. */
  at(position: number): number {
    return this.#order[position] as number;
  }

  /** A new process does not know what the last one had; positions go on. */
  forget(): void {
    this.#positions = [];
  }
}
