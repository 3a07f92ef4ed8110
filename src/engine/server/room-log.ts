/** A room's newest messages, oldest first, up to the size of the replay buffer. */
export class RoomLog {
  #messages: number[] = [];
  #start = 0;
  readonly #size: number;

  /** @param size messages that it keeps */
  constructor(size: number) {
    this.#size = size;
  }

  push(message: number): void {
    this.#messages.push(message);
    if (this.#messages.length - this.#start > this.#size) this.#start++;
    // Room for nothing would make every push a copy.
    if (this.#start > 1024 && this.#start > this.#messages.length / 2) {
      this.#messages = this.#messages.slice(this.#start);
      this.#start = 0;
    }
  }

  /** Appends the kept messages after `cursor` and up to `last` to `into`, oldest first. */
  after(cursor: number, last: number, into: number[]): void {
    const messages = this.#messages;
    let from = messages.length;
    while (from > this.#start && (messages[from - 1] as number) > cursor) from--;
    for (let i = from; i < messages.length && (messages[i] as number) <= last; i++)
      into.push(messages[i] as number);
  }

  clear(): void {
    this.#messages = [];
    this.#start = 0;
  }
}
