import type { Place } from '../../../engine/contract/place.ts';
import { answerAt } from '../answering.ts';
import type { Books } from '../books.ts';
import { TO_BOOKIE } from '../link.ts';
import type { Answer, CursorState, Entry, Request } from '../protocol.ts';

/** What a bookie has on its disks: it outlives the process. */
export class BookieDisk {
  readonly ledgers = new Map<number, Map<number, Entry>>();
  readonly fenced = new Set<number>();
  readonly cursors = new Map<string, CursorState>();
}

/** A bookie stores entries of ledgers, and takes no more of one that is fenced. */
export class Bookie {
  readonly #place: Place;
  readonly #disk: BookieDisk;
  readonly #books: Books;
  readonly #partitionOf: (ledger: number) => number;

  constructor(
    place: Place,
    disk: BookieDisk,
    books: Books,
    costUs: number,
    partitionOf: (ledger: number) => number,
  ) {
    this.#place = place;
    this.#disk = disk;
    this.#books = books;
    this.#partitionOf = partitionOf;
    answerAt(place, TO_BOOKIE, { costUs, handle: (request, answer) => answer(this.#answer(request)) });
  }

  #answer(request: Request): Answer {
    const { ledgers, fenced, cursors } = this.#disk;
    switch (request.ask) {
      case 'add': {
        const ok = !fenced.has(request.entry.ledger);
        if (ok) this.#store(request.entry);
        this.#books.remove(request.entry.batch.messages, this.#place, 'its ledger was fenced by a new owner');
        return { ok };
      }
      case 'read': {
        if (request.fence) fenced.add(request.ledger);
        const entries = [...(ledgers.get(request.ledger)?.values() ?? [])];
        return { ok: true, entries: entries.filter(({ entry }) => entry >= request.from) };
      }
      case 'save-cursor': {
        const { cursor } = request;
        const key = `${cursor.subscription} ${cursor.partition}`;
        if ((cursors.get(key)?.version ?? -1) < cursor.version) cursors.set(key, cursor);
        return { ok: true };
      }
      case 'read-cursors':
        return {
          ok: true,
          cursors: [...cursors.values()].filter(({ partition }) => partition === request.partition),
        };
      default:
        return { ok: false };
    }
  }

  #store(entry: Entry): void {
    const ledger = this.#disk.ledgers.get(entry.ledger) ?? new Map<number, Entry>();
    this.#disk.ledgers.set(entry.ledger, ledger);
    if (ledger.has(entry.entry) || this.#books.isBehind(entry)) return;
    ledger.set(entry.entry, entry);
    this.#books.add(entry.batch.messages);
    this.#books.appended(this.#place, this.#partitionOf(entry.ledger), entry);
  }

  /** Nobody will read what is behind the end of a closed ledger: its copies count no more. */
  static collect(disk: BookieDisk, place: Place, books: Books, ledger: number, last: number): void {
    for (const [number, { batch }] of disk.ledgers.get(ledger) ?? [])
      if (number > last) {
        disk.ledgers.get(ledger)?.delete(number);
        books.remove(batch.messages, place, 'the ledger was closed before enough bookies had it');
      }
  }
}
