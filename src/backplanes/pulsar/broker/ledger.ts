import type { Place } from '../../../engine/contract/place.ts';
import type { Config } from '../config.ts';
import type { Answer, Entry, LedgerInfo, Segment } from '../protocol.ts';
import type { Storage } from './storage.ts';

/** A bookie that failed is tried again after so long, if there is no other: an estimate. */
const RETRY_US = 200_000;

interface Pending {
  entry: Entry;
  by: Set<number>;
  /** Bookies that were asked, and have not answered. */
  asked: Set<number>;
  done: () => void;
}

/** What a ledger needs of its topic. */
export interface LedgerHome {
  readonly place: Place;
  readonly config: Config;
  readonly storage: Storage;
  /** Writes down that other bookies are written to from now on. @returns false in the answer: somebody else owns it */
  changed(info: LedgerInfo, then: (ok: boolean | null) => void): void;
  /** A new owner has fenced it. */
  fenced(): void;
}

/** A ledger that is written: each entry to the bookies of its write quorum, confirmed in order when enough have it. */
export class Ledger {
  readonly #home: LedgerHome;
  #info: LedgerInfo;
  readonly #pending: Pending[] = [];
  #changing = false;

  constructor(home: LedgerHome, info: LedgerInfo) {
    this.#home = home;
    this.#info = info;
  }

  /** Entries that are not confirmed. */
  get pending(): readonly Entry[] {
    return this.#pending.map(({ entry }) => entry);
  }

  add(entry: Entry, done: () => void): void {
    const pending = { entry, by: new Set<number>(), asked: new Set<number>(), done };
    this.#pending.push(pending);
    for (const bookie of this.#writeSet(entry)) this.#write(pending, bookie);
  }

  get #ensemble(): readonly number[] {
    return (this.#info.segments.at(-1) as Segment).ensemble;
  }

  #writeSet({ entry }: Entry): number[] {
    const ensemble = this.#ensemble;
    const { writeQuorum } = this.#home.config;
    return Array.from({ length: writeQuorum }, (_, i) => ensemble[(entry + i) % ensemble.length] as number);
  }

  #write(pending: Pending, bookie: number): void {
    if (pending.asked.has(bookie)) return;
    pending.asked.add(bookie);
    this.#home.storage.ask(bookie, { ask: 'add', entry: pending.entry }, (answer) => {
      pending.asked.delete(bookie);
      this.#answered(pending, bookie, answer);
    });
  }

  #answered(pending: Pending, bookie: number, answer: Answer | null): void {
    if (answer === null) this.#failed(bookie);
    else if (!answer.ok) this.#home.fenced();
    else {
      pending.by.add(bookie);
      this.#confirm();
    }
  }

  /** In order: what is confirmed has nothing unconfirmed before it. */
  #confirm(): void {
    for (let first = this.#pending[0]; first !== undefined; first = this.#pending[0]) {
      const set = this.#writeSet(first.entry);
      if (set.filter((bookie) => first?.by.has(bookie)).length < this.#home.config.ackQuorum) return;
      this.#pending.shift();
      first.done();
    }
  }

  /** Ensemble change: another bookie takes its place from the first unconfirmed entry on; if there is none, it is waited for. */
  #failed(bookie: number): void {
    if (this.#changing || !this.#ensemble.includes(bookie)) return;
    this.#changing = true;
    const { storage, place } = this.#home;
    const spare = storage.spare(this.#ensemble);
    if (spare === null) {
      this.#retryLater();
      return;
    }
    const first = this.#pending[0]?.entry.entry ?? 0;
    const ensemble = this.#ensemble.map((one) => (one === bookie ? spare : one));
    const info = { ...this.#info, segments: [...this.#info.segments, { first, ensemble }] };
    this.#home.changed(info, (ok) => {
      if (ok === null) this.#retryLater();
      else if (!ok) this.#home.fenced();
      else {
        this.#changing = false;
        this.#info = info;
        place.later(0, () => this.#rewrite());
      }
    });
  }

  #retryLater(): void {
    this.#home.place.later(RETRY_US, () => {
      this.#changing = false;
      this.#rewrite();
    });
  }

  #rewrite(): void {
    for (const pending of [...this.#pending])
      for (const bookie of this.#writeSet(pending.entry))
        if (!pending.by.has(bookie)) this.#write(pending, bookie);
  }
}
