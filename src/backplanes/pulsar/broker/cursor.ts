import type { CursorState, Entry } from '../protocol.ts';

/** What a subscription is done with: all before a position, and single messages behind it. */
export class Cursor {
  /** All messages before this offset are done with. */
  markDelete: number;
  readonly #acked: Set<number>;
  /** Entries that are not done with, in order, by their first message's offset. */
  readonly #open = new Map<number, Entry>();
  readonly #entryOf = new Map<number, Entry>();

  /** @param end offset of the next entry, if the log is read to its end */
  constructor(stored: CursorState | undefined) {
    this.markDelete = stored?.markDelete ?? 0;
    this.#acked = new Set(stored?.acked ?? []);
  }

  get acked(): number[] {
    return [...this.#acked].sort((a, b) => a - b);
  }

  /** The first entry that is not done with; undefined: all are. */
  get first(): Entry | undefined {
    return this.#open.values().next().value;
  }

  get backlog(): number {
    return this.#open.size;
  }

  /** An entry is in the log. @returns whether there is anything in it that is not done with */
  add(entry: Entry): boolean {
    const { offset, batch } = entry;
    if (batch.messages.every((_, i) => this.#isDone(offset + i))) {
      this.#advance();
      return false;
    }
    this.#open.set(offset, entry);
    batch.messages.forEach((_, i) => {
      this.#entryOf.set(offset + i, entry);
    });
    return true;
  }

  entryOf(offset: number): Entry | undefined {
    return this.#entryOf.get(offset);
  }

  /** @returns the entry, if the message was its last */
  acknowledge(offset: number): Entry | null {
    const entry = this.#entryOf.get(offset);
    if (entry === undefined || this.#isDone(offset)) return null;
    this.#acked.add(offset);
    const over = entry.batch.messages.every((_, i) => this.#isDone(entry.offset + i));
    if (over) {
      this.#open.delete(entry.offset);
      entry.batch.messages.forEach((_, i) => {
        this.#entryOf.delete(entry.offset + i);
      });
    }
    this.#advance();
    return over ? entry : null;
  }

  /** Offsets up to one that are not done with. */
  upTo(offset: number): number[] {
    return [...this.#entryOf.keys()].filter((one) => one <= offset);
  }

  #isDone(offset: number): boolean {
    return offset < this.markDelete || this.#acked.has(offset);
  }

  #advance(): void {
    while (this.#acked.delete(this.markDelete)) this.markDelete++;
  }
}
