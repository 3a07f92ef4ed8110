import type { Place } from '../../../engine/contract/place.ts';
import type { Config } from '../config.ts';
import type { CursorState, Entry, LedgerInfo } from '../protocol.ts';
import type { Storage } from './storage.ts';

/** A bookie that does not answer is asked again after so long: an estimate. */
const RETRY_US = 200_000;

/** Reads from bookies until it is certain that nothing which was confirmed is missing. */
export class Recovery {
  readonly #place: Place;
  readonly #config: Config;
  readonly #storage: Storage;
  #over = false;

  constructor(place: Place, config: Config, storage: Storage) {
    this.#place = place;
    this.#config = config;
    this.#storage = storage;
  }

  stop(): void {
    this.#over = true;
  }

  /** The newest state of each cursor. One that is older than it could be means that messages come again, no more. */
  readCursors(partition: number, then: (cursors: Map<number, CursorState>) => void): void {
    const newest = new Map<number, CursorState>();
    const { bookies, ackQuorum } = this.#config;
    let answers = 0;
    for (let bookie = 0; bookie < bookies; bookie++)
      this.#until(bookie, { ask: 'read-cursors', partition }, ({ cursors = [] }) => {
        for (const cursor of cursors)
          if ((newest.get(cursor.subscription)?.version ?? -1) < cursor.version)
            newest.set(cursor.subscription, cursor);
        if (++answers === bookies - ackQuorum + 1) then(newest);
      });
  }

  /**
   * Entries of a ledger from one on, in order and without a gap. If it is not closed it is fenced: with so many of each
   * ensemble fenced, no write to it can be confirmed any more.
   */
  readLedger(info: LedgerInfo, from: number, then: (entries: Entry[]) => void): void {
    const found = new Map<number, Entry>();
    const segments = info.segments.filter((_, i) => (info.segments[i + 1]?.first ?? Infinity) > from);
    const answered = new Set<number>();
    const enough = () =>
      segments.every(
        ({ ensemble }) =>
          ensemble.filter((bookie) => answered.has(bookie)).length >=
          ensemble.length - this.#config.ackQuorum + 1,
      );
    let told = false;
    const request = { ask: 'read', ledger: info.id, from, fence: info.last === null } as const;
    for (const bookie of new Set(segments.flatMap(({ ensemble }) => ensemble)))
      this.#until(bookie, request, ({ entries = [] }) => {
        answered.add(bookie);
        for (const entry of entries) found.set(entry.entry, entry);
        if (told || !enough()) return;
        told = true;
        const inOrder: Entry[] = [];
        for (let at = from; at <= (info.last ?? Infinity); at++) {
          const entry = found.get(at);
          if (entry === undefined) break;
          inOrder.push(entry);
        }
        then(inOrder);
      });
  }

  #until(
    bookie: number,
    request: Parameters<Storage['ask']>[1],
    then: (answer: NonNullable<Parameters<Parameters<Storage['ask']>[2]>[0]>) => void,
  ): void {
    this.#storage.ask(bookie, request, (answer) => {
      if (this.#over) return;
      if (answer !== null) then(answer);
      else this.#place.later(RETRY_US, () => !this.#over && this.#until(bookie, request, then));
    });
  }
}
