import type { Wire } from '../../../engine/contract/place.ts';
import type { Entry } from '../wire.ts';

interface Load {
  messages: number;
  bytes: number;
}

/** The streams of a subscription: who may be sent a message more (max_outstanding_messages and _bytes). */
export class Streams {
  readonly #maxMessages: number;
  readonly #maxBytes: number;
  readonly #ordered: boolean;
  readonly #open = new Map<Wire, Load>();
  /** With ordering keys: who had the last message of a key, and how many of the key are outstanding. */
  readonly #keys = new Map<number, { stream: Wire | null; outstanding: number }>();
  #turn = 0;

  constructor(limits: { maxMessages: number; maxBytes: number; ordered: boolean }) {
    this.#maxMessages = limits.maxMessages;
    this.#maxBytes = limits.maxBytes;
    this.#ordered = limits.ordered;
  }

  get size(): number {
    return this.#open.size;
  }

  has(stream: Wire): boolean {
    return this.#open.has(stream);
  }

  open(stream: Wire): void {
    this.#open.set(stream, { messages: 0, bytes: 0 });
  }

  close(stream: Wire): void {
    this.#open.delete(stream);
  }

  /** Whom to send a message to: in turn, and with an ordering key whoever has others of it; null: nobody for now. */
  choose({ room }: Entry): Wire | null {
    const key = this.#ordered ? this.#keys.get(room) : undefined;
    if (key !== undefined) {
      const last = key.stream !== null && this.#open.has(key.stream) ? key.stream : null;
      if (last !== null && this.#hasRoom(last)) return last;
      if (key.outstanding > 0) return null;
    }
    const streams = [...this.#open.keys()];
    for (let i = 0; i < streams.length; i++) {
      const stream = streams[(this.#turn + i) % streams.length] as Wire;
      if (this.#hasRoom(stream)) return stream;
    }
    return null;
  }

  /** @param stream null: one that is not there any more */
  took(stream: Wire | null, { room, bytes }: Entry): void {
    this.#turn++;
    this.#change(stream, 1, bytes);
    const key = this.#keys.get(room);
    this.#keys.set(room, { stream, outstanding: (key?.outstanding ?? 0) + 1 });
  }

  released(stream: Wire | null, { room, bytes }: Entry): void {
    this.#change(stream, -1, -bytes);
    const key = this.#keys.get(room);
    if (key !== undefined) key.outstanding--;
  }

  #change(stream: Wire | null, messages: number, bytes: number): void {
    const load = stream === null ? undefined : this.#open.get(stream);
    if (load === undefined) return;
    load.messages += messages;
    load.bytes += bytes;
  }

  #hasRoom(stream: Wire): boolean {
    const { messages, bytes } = this.#open.get(stream) as Load;
    return messages < this.#maxMessages && bytes < this.#maxBytes;
  }
}
