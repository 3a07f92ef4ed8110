import type { Batch, CursorState, Entry } from '../protocol.ts';

/** Entries between two snapshots (brokerDeduplicationEntriesInterval). */
const SNAPSHOT_ENTRIES = 1000;

/** De-duplication: the last sequence number of each producer, as received and as stored. */
export class Sequences {
  readonly #on: boolean;
  #received = new Map<number, number>();
  #persisted = new Map<number, number>();
  /** Who else wants to be told that a batch is stored: it came again while it was being written. */
  readonly #again = new Map<string, ((ok: boolean) => void)[]>();
  #entries = 0;
  version = 0;

  /** @param on whether it is switched on */
  constructor(on: boolean) {
    this.#on = on;
  }

  get snapshot(): [number, number][] {
    return [...this.#persisted];
  }

  /** @returns whether a batch is new; one that is not is answered */
  take(batch: Batch, answer: (ok: boolean) => void): boolean {
    if (!this.#on) return true;
    const { producer, sequence } = batch;
    const key = `${producer} ${sequence}`;
    if (sequence > (this.#received.get(producer) ?? -1)) {
      this.#received.set(producer, sequence);
      this.#again.set(key, []);
      return true;
    }
    const waiting = this.#again.get(key);
    if (waiting === undefined) answer(true);
    else waiting.push(answer);
    return false;
  }

  /** @returns whether it is time for a snapshot */
  stored({ producer, sequence }: Batch): boolean {
    if (!this.#on) return false;
    const key = `${producer} ${sequence}`;
    for (const answer of this.#again.get(key) ?? []) answer(true);
    this.#again.delete(key);
    this.#persisted.set(producer, sequence);
    if (++this.#entries % SNAPSHOT_ENTRIES > 0) return false;
    this.version++;
    return true;
  }

  /** What the last snapshot and the entries since it tell. */
  recover(stored: CursorState | undefined, entries: readonly Entry[]): void {
    this.version = stored?.version ?? 0;
    this.#persisted = new Map(stored?.sequences ?? []);
    for (const { batch } of entries) this.#persisted.set(batch.producer, batch.sequence);
    this.#received = new Map(this.#persisted);
  }
}
