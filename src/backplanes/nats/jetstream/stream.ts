/** A message in the stream. Sequences are numbered from 1. */
export interface Entry {
  seq: number;
  message: number;
  subject: string;
  /** Of its payload and headers. */
  bytes: number;
  /** Its Nats-Msg-Id; '': none. */
  id: string;
  /** When it was stored, by the clock of the server. */
  atUs: number;
}

export interface StreamLimits {
  retention: 'limits' | 'interest' | 'workqueue';
  discard: 'old' | 'new';
  /** null: no limit. */
  maxMsgs: number | null;
  maxBytes: number | null;
  maxAgeUs: number | null;
  duplicateWindowUs: number;
}

export type Stored = { entry: Entry; duplicate: boolean } | { refused: string };

/** A stream's messages, and the ids by which it knows those that come again (stream.go, `processJetStreamMsg`). */
export class Stream {
  readonly limits: StreamLimits;
  readonly #entries = new Map<number, Entry>();
  readonly #ids = new Map<string, Entry>();
  #first = 1;
  #last = 0;
  #bytes = 0;

  constructor(limits: StreamLimits) {
    this.limits = limits;
  }

  /** The oldest sequence that is there; one more than the last if none is. */
  get first(): number {
    return this.#first;
  }

  get last(): number {
    return this.#last;
  }

  get messages(): number {
    return this.#entries.size;
  }

  get(seq: number): Entry | undefined {
    return this.#entries.get(seq);
  }

  entries(): Iterable<Entry> {
    return this.#entries.values();
  }

  /**
   * Stores a message, unless one with its id was stored within the window, or the stream is full and discards what is new.
   * What has to go for it is for `overflow` to tell.
   */
  append(message: Omit<Entry, 'seq'>): Stored {
    this.#forgetIds(message.atUs);
    const known = message.id === '' ? undefined : this.#ids.get(message.id);
    if (known !== undefined) return { entry: known, duplicate: true };
    const { discard, maxMsgs, maxBytes } = this.limits;
    if (discard === 'new') {
      if (maxMsgs !== null && this.#entries.size >= maxMsgs) return { refused: 'maximum messages exceeded' };
      if (maxBytes !== null && this.#bytes + message.bytes > maxBytes)
        return { refused: 'maximum bytes exceeded' };
    }
    const entry = { ...message, seq: ++this.#last };
    this.#entries.set(entry.seq, entry);
    this.#bytes += entry.bytes;
    if (entry.id !== '') this.#ids.set(entry.id, entry);
    return { entry, duplicate: false };
  }

  /** What the limits do not leave room for, oldest first; it is gone from the stream. */
  trim(nowUs: number): Entry[] {
    const { maxMsgs, maxBytes, maxAgeUs } = this.limits;
    const gone: Entry[] = [];
    for (const entry of this.#entries.values()) {
      const tooMany = maxMsgs !== null && this.#entries.size > maxMsgs;
      const tooLarge = maxBytes !== null && this.#bytes > maxBytes;
      const tooOld = maxAgeUs !== null && entry.atUs + maxAgeUs <= nowUs;
      if (!tooMany && !tooLarge && !tooOld) break;
      this.remove(entry.seq);
      gone.push(entry);
    }
    return gone;
  }

  /** When the oldest message will be too old; Infinity: never. */
  get nextExpiryUs(): number {
    const { maxAgeUs } = this.limits;
    const [oldest] = this.#entries.values();
    return maxAgeUs === null || oldest === undefined ? Number.POSITIVE_INFINITY : oldest.atUs + maxAgeUs;
  }

  remove(seq: number): void {
    const entry = this.#entries.get(seq);
    if (entry === undefined) return;
    this.#entries.delete(seq);
    this.#bytes -= entry.bytes;
    const [oldest] = this.#entries.keys();
    this.#first = oldest ?? this.#last + 1;
  }

  /** The first sequence that was stored at or after a time. */
  since(atUs: number): number {
    for (const entry of this.#entries.values()) if (entry.atUs >= atUs) return entry.seq;
    return this.#last + 1;
  }

  #forgetIds(nowUs: number): void {
    for (const [id, { atUs }] of this.#ids) {
      if (nowUs - atUs < this.limits.duplicateWindowUs) return;
      this.#ids.delete(id);
    }
  }
}
