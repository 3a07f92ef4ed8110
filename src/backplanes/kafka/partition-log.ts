import type { Entry } from './protocol.ts';

/** Batches of a producer that a broker remembers (ProducerStateEntry.NUM_BATCHES_TO_RETAIN). */
const BATCHES_KEPT = 5;

interface Remembered {
  first: number;
  length: number;
  offset: number;
}

/** A partition's log on one broker's disk. It outlives the process: what was written is in the page cache. */
export class PartitionLog {
  /** Offset of the first entry that is kept. */
  start = 0;
  highWatermark = 0;
  #entries: Entry[] = [];
  /** What was written last by each producer: it follows from the entries. */
  #producers = new Map<number, Remembered[]>();

  /** Offset of the next entry (LEO). */
  get end(): number {
    return this.start + this.#entries.length;
  }

  /** Epoch of the last entry; -1: there is none. */
  get lastEpoch(): number {
    return this.#entries.at(-1)?.epoch ?? -1;
  }

  at(offset: number): Entry | undefined {
    return this.#entries[offset - this.start];
  }

  append(entry: Entry): void {
    // A new follower of a log whose head is gone begins where the log does.
    if (this.#entries.length === 0) this.start = entry.offset;
    this.#entries.push(entry);
    this.#remember(entry);
  }

  /** Entries from an offset up to, and without, `end`, as many as fit into `bytes`, and at least one. */
  read(offset: number, end: number, bytes: number): Entry[] {
    const read: Entry[] = [];
    let left = bytes;
    for (let at = Math.max(offset, this.start); at < end; at++) {
      const entry = this.at(at) as Entry;
      left -= entry.bytes;
      if (left < 0 && read.length > 0) break;
      read.push(entry);
    }
    return read;
  }

  /** Bytes from an offset up to, and without, `end`. */
  bytesFrom(offset: number, end: number): number {
    let sum = 0;
    for (let at = Math.max(offset, this.start); at < end; at++) sum += (this.at(at) as Entry).bytes;
    return sum;
  }

  /** The first offset that is not of this epoch or an earlier one (OffsetsForLeaderEpoch, KIP-101). */
  endOfEpoch(epoch: number): number {
    let end = this.end;
    while (end > this.start && (this.at(end - 1) as Entry).epoch > epoch) end--;
    return end;
  }

  /** The latest epoch up to this one that has entries; -1: none. */
  epochUpTo(epoch: number): number {
    return this.at(this.endOfEpoch(epoch) - 1)?.epoch ?? -1;
  }

  /**
   * What OffsetForLeaderEpoch answers. Of an epoch before all that are kept it is the start of the log, which whoever has
   * read everything is not behind (LeaderEpochFileCache.endOffsetFor).
   */
  epochEnd(epoch: number): { epoch: number; offset: number } {
    const known = this.epochUpTo(epoch);
    return { epoch: known < 0 ? epoch : known, offset: this.endOfEpoch(epoch) };
  }

  /** Gives up the entries from an offset on. @returns them */
  truncate(offset: number): Entry[] {
    const gone = this.#entries.splice(Math.max(0, offset - this.start));
    this.highWatermark = Math.min(this.highWatermark, this.end);
    if (gone.length > 0) {
      this.#producers = new Map();
      for (const entry of this.#entries) this.#remember(entry);
    }
    return gone;
  }

  /** Gives up the entries before an offset. */
  trim(offset: number): void {
    this.#entries.splice(0, offset - this.start);
    this.start = offset;
  }

  /**
   * What a batch with this sequence number is to a log: `next`, `again` (with the offset that it has) or `gap`.
   * A producer that the log does not know may begin anywhere (KIP-360).
   */
  judge(producer: number, sequence: number): { is: 'next' | 'gap' } | { is: 'again'; offset: number } {
    const kept = this.#producers.get(producer);
    const last = kept?.at(-1);
    if (kept === undefined || last === undefined || last.first + last.length === sequence)
      return { is: 'next' };
    const known = kept.find(({ first }) => first === sequence);
    return known === undefined ? { is: 'gap' } : { is: 'again', offset: known.offset };
  }

  #remember({ producer, sequence, batchFirst, batchLength, offset }: Entry): void {
    if (producer < 0 || sequence !== batchFirst) return;
    const kept = this.#producers.get(producer) ?? [];
    kept.push({ first: batchFirst, length: batchLength, offset });
    if (kept.length > BATCHES_KEPT) kept.shift();
    this.#producers.set(producer, kept);
  }
}

/** Where segments of a log end: whole segments go when retention gives them up (`log.segment.bytes`). */
export function retainedFrom(
  log: PartitionLog,
  nowUs: number,
  limits: { retentionUs: number; retentionBytes: number; segmentBytes: number },
): number {
  const segments: { end: number; bytes: number; newestUs: number }[] = [];
  for (let at = log.start; at < log.highWatermark; at++) {
    const { bytes, writtenUs } = log.at(at) as Entry;
    let segment = segments.at(-1);
    if (segment === undefined || segment.bytes + bytes > limits.segmentBytes) {
      segment = { end: at, bytes: 0, newestUs: 0 };
      segments.push(segment);
    }
    segment.end = at + 1;
    segment.bytes += bytes;
    segment.newestUs = writtenUs;
  }
  let total = segments.reduce((sum, { bytes }) => sum + bytes, 0);
  let from = log.start;
  for (const { end, bytes, newestUs } of segments) {
    const old = nowUs - newestUs > limits.retentionUs;
    if (!old && total - bytes < limits.retentionBytes) break;
    total -= bytes;
    from = end;
  }
  return from;
}
