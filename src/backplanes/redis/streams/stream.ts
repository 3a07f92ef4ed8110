/** `<milliseconds>-<sequence>` of Redis' own clock; a stream's IDs only grow. */
export interface Id {
  ms: number;
  seq: number;
}

export const FIRST_ID: Id = { ms: 0, seq: 0 };

/** Below 0: a is before b. */
export const compareIds = (a: Id, b: Id): number => a.ms - b.ms || a.seq - b.seq;

export interface Entry {
  id: Id;
  /** How many entries were ever added to the room's stream before this one. */
  offset: number;
  room: number;
  message: number;
  bytes: number;
}

/** Of a stream's radix tree: Redis 7.0.15, redis.conf, stream-node-max-entries 100 and stream-node-max-bytes 4096. */
const NODE_ENTRIES = 100;
const NODE_BYTES = 4096;
/** Of an entry in a node besides its value (flags, differences of its ID, lengths): an estimate. */
const ENTRY_BYTES = 14;

/** An entry that a consumer of the group has been handed, and has not acknowledged. */
export interface Pending {
  entry: Entry;
  /** Number of the server. */
  consumer: number;
  /** On Redis' clock. */
  deliveredMs: number;
}

/** A consumer group: up to where it was handed entries, and its pending entries list, oldest first. */
export interface Group {
  lastId: Id;
  pending: Map<number, Pending>;
}

/** A stream: entries in nodes, oldest first. */
export class Stream {
  lastId: Id = FIRST_ID;
  group: Group | null = null;
  #entries: Entry[] = [];
  /** Of #entries, how many were trimmed and are only still in the array. */
  #head = 0;
  readonly #nodes: { entries: number; bytes: number }[] = [];

  get length(): number {
    return this.#entries.length - this.#head;
  }

  /** Entries that are there, oldest first. */
  get entries(): readonly Entry[] {
    return this.#entries.slice(this.#head);
  }

  get last(): Entry | null {
    return this.length === 0 ? null : (this.#entries.at(-1) as Entry);
  }

  /** XADD with `*`: an ID by the clock, or, where that has gone back, one more than the last (streamNextID). */
  append(nowMs: number, fields: Omit<Entry, 'id'>): Entry {
    const { ms, seq } = this.lastId;
    this.lastId = nowMs > ms ? { ms: nowMs, seq: 0 } : { ms, seq: seq + 1 };
    const entry = { ...fields, id: this.lastId };
    this.#entries.push(entry);
    const bytes = fields.bytes + ENTRY_BYTES;
    const node = this.#nodes.at(-1);
    if (node === undefined || node.entries >= NODE_ENTRIES || node.bytes + bytes >= NODE_BYTES)
      this.#nodes.push({ entries: 1, bytes });
    else {
      node.entries++;
      node.bytes += bytes;
    }
    return entry;
  }

  /**
   * MAXLEN (streamTrim): exactly so many, or `~`: whole nodes only, so that never fewer are left.
   * @returns what is gone, oldest first
   */
  trim(maxLen: number, approximate: boolean): Entry[] {
    const before = this.#head;
    while (this.length > maxLen) {
      const [node] = this.#nodes as [{ entries: number; bytes: number }];
      const whole = this.length - node.entries >= maxLen;
      if (!whole && approximate) break;
      const gone = whole ? node.entries : this.length - maxLen;
      this.#head += gone;
      // Single entries are marked as deleted; their bytes stay until the node goes.
      if (whole) this.#nodes.shift();
      else node.entries -= gone;
    }
    const gone = this.#entries.slice(before, this.#head);
    if (this.#head > 1024 && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
    return gone;
  }

  /** The first entries behind an ID. */
  after(id: Id, count = Number.POSITIVE_INFINITY): Entry[] {
    let low = this.#head;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareIds((this.#entries[middle] as Entry).id, id) > 0) high = middle;
      else low = middle + 1;
    }
    return this.#entries.slice(low, low + count);
  }

  /** Whether the entry with an offset is still there. */
  has(offset: number): boolean {
    const first = this.#entries[this.#head];
    return first !== undefined && offset >= first.offset;
  }
}
