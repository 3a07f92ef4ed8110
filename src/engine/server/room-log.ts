/** A room's newest messages in the order in which they came, up to the size of the replay buffer. */
export class RoomLog {
  #messages: number[] = [];
  /** Of each message: its place in the order of everything that the server was handed. */
  #positions: number[] = [];
  #start = 0;
  /** Position of the newest message that it has given up; 0: none. */
  lostUpTo = 0;
  /** That message. */
  #lost = 0;
  readonly #size: number;

  /** @param size messages that it keeps */
  constructor(size: number) {
    this.#size = size;
  }

  push(message: number, position: number): void {
    this.#messages.push(message);
    this.#positions.push(position);
    if (this.#messages.length - this.#start > this.#size) {
      this.#lost = this.#messages[this.#start] as number;
      this.lostUpTo = this.#positions[this.#start++] as number;
    }
    // Room for nothing would make every push a copy.
    if (this.#start > 1024 && this.#start > this.#messages.length / 2) {
      this.#messages = this.#messages.slice(this.#start);
      this.#positions = this.#positions.slice(this.#start);
      this.#start = 0;
    }
  }

  /** Appends the kept messages that came after position `from` and up to `to` to `into`, oldest first. */
  after(from: number, to: number, into: { message: number; position: number }[]): void {
    const positions = this.#positions;
    let at = positions.length;
    while (at > this.#start && (positions[at - 1] as number) > from) at--;
    for (; at < positions.length && (positions[at] as number) <= to; at++)
      into.push({ message: this.#messages[at] as number, position: positions[at] as number });
  }

  /** The newest message up to a position, kept or not; 0: there was none, or it is not known any more. */
  newestUpTo(position: number): number {
    for (let at = this.#positions.length - 1; at >= this.#start; at--)
      if ((this.#positions[at] as number) <= position) return this.#messages[at] as number;
    return this.lostUpTo <= position ? this.#lost : 0;
  }

  clear(): void {
    this.#lost = this.#messages.at(-1) ?? this.#lost;
    this.lostUpTo = this.#positions.at(-1) ?? this.lostUpTo;
    this.#messages = [];
    this.#positions = [];
    this.#start = 0;
  }
}
