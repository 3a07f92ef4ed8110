import { sendCarrying } from '../../../engine/contract/carry.ts';
import type { Place, Wire } from '../../../engine/contract/place.ts';
import type { Config } from '../config.ts';
import { type Entry, type LedgerInfo, type MessageId, type Push, pushBytes } from '../protocol.ts';
import { Recovery } from './recovery.ts';
import type { Storage } from './storage.ts';

/** Most entries in one push (dispatcherMaxReadBatchSize). */
const BATCH = 100;

/** A ledger that there still is, up to its last confirmed entry, and the offset behind that. */
export interface Kept {
  info: LedgerInfo & { last: number };
  end: number;
}

/**
 * The ledgers that can be read. A closed one goes when all subscriptions are done with it and its retention is over.
 * @param now of the partition: confirmed entries of the open ledger, the offsets behind them and up to which all
 * subscriptions are done @param sinceUs what was closed before is not kept for its age
 */
export function keptOf(
  ledgers: readonly LedgerInfo[],
  now: { confirmed: number; end: number; done: number },
  sinceUs: number,
): Kept[] {
  return ledgers
    .map((info, i) => ({
      info: { ...info, last: info.last ?? now.confirmed - 1 },
      end: ledgers[i + 1]?.firstOffset ?? now.end,
    }))
    .filter(({ info: { closedUs }, end }) => closedUs === null || end > now.done || closedUs > sinceUs);
}

interface ReaderHome {
  readonly place: Place;
  readonly config: Config;
  readonly storage: Storage;
  readonly partition: number;
}

/** A non-durable cursor: it is in the broker’s memory for as long as the connection of its reader. */
interface Cursor {
  wire: Wire;
  permits: number;
  /** What is to be sent, oldest first; `later`: what came while older entries are read from the bookies. */
  todo: Entry[];
  later: Entry[] | null;
}

/** The readers of a partition at its broker (Reader interface): they begin at a message, and acknowledge nothing. */
export class Readers {
  readonly #home: ReaderHome;
  readonly #kept: () => Kept[];
  readonly #cursors = new Map<number, Cursor>();
  readonly #recovery: Recovery;

  /** @param kept the ledgers that there are now, oldest first */
  constructor(home: ReaderHome, kept: () => Kept[]) {
    this.#home = home;
    this.#kept = kept;
    this.#recovery = new Recovery(home.place, home.config, home.storage);
  }

  /** Offset behind the last message that can be read; 0: there is none. */
  get end(): number {
    return this.#kept().findLast(({ info, end }) => end > info.firstOffset)?.end ?? 0;
  }

  /** A reader begins behind a message, or, where that is gone or `from` is null, at the earliest that there is. */
  open(wire: Wire, number: number, from: MessageId | null): void {
    const cursor: Cursor = { wire, permits: 0, todo: [], later: [] };
    this.#cursors.set(number, cursor);
    const ledgers = this.#kept();
    const at = ledgers.findIndex(({ info }) => info.id === from?.ledger);
    const read = (i: number) => {
      const info = ledgers[i]?.info;
      if (info === undefined) {
        cursor.todo.push(...(cursor.later ?? []));
        cursor.later = null;
        this.#dispatch(number);
        return;
      }
      this.#recovery.readLedger(info, i === at && from !== null ? from.entry : 0, (entries) => {
        cursor.todo.push(...entries);
        read(i + 1);
      });
    };
    read(Math.max(0, at));
  }

  /** An entry is confirmed. */
  offer(entry: Entry): void {
    for (const [number, { todo, later }] of this.#cursors) {
      (later ?? todo).push(entry);
      this.#dispatch(number);
    }
  }

  flow(number: number, permits: number): void {
    const cursor = this.#cursors.get(number);
    if (cursor === undefined) return;
    cursor.permits += permits;
    this.#dispatch(number);
  }

  close(number: number): void {
    this.#cursors.delete(number);
  }

  leave(wire: Wire): void {
    for (const [number, cursor] of this.#cursors) if (cursor.wire === wire) this.#cursors.delete(number);
  }

  /** The topic is another broker’s from now on. */
  stop(): void {
    this.#recovery.stop();
    this.#cursors.clear();
  }

  #dispatch(number: number): void {
    const cursor = this.#cursors.get(number);
    while (cursor !== undefined && cursor.later === null && cursor.permits > 0 && cursor.todo.length > 0) {
      const entries: Entry[] = [];
      while (entries.length < BATCH && cursor.permits > 0) {
        const entry = cursor.todo.shift();
        if (entry === undefined) break;
        cursor.permits -= entry.batch.messages.length;
        entries.push(entry);
      }
      const push: Push = { push: 'messages', partition: this.#home.partition, subscription: number, entries };
      const messages = entries.flatMap(({ batch }) => batch.messages);
      sendCarrying(cursor.wire, 'pulsar.messages', pushBytes(push), push, messages);
    }
  }
}
