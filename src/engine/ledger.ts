import { KIND, type Trace } from '../trace/trace.ts';
import type { Messages } from './messages.ts';

/** Counts of one client group's deliveries. */
export interface DeliveryCounts {
  delivered: number;
  duplicates: number;
  outOfOrder: number;
  latencyUs: number[];
  setupUs: number[];
}

/** One client's account: what it has, room by room. */
interface Account {
  readyUs: number;
  wishedUs: number;
  group: DeliveryCounts;
  rooms: Map<number, { seen: Uint32Array; newest: number; expectedFrom: number }>;
}

/**
 * Who was to get what, and who got it. A delivery is expected for each message of a client's room that was accepted
 * at or after the client's readiness; being disconnected later excuses nothing.
 */
export class Ledger {
  readonly #messages: Messages;
  readonly #trace: Trace;
  readonly #accounts: Account[] = [];

  constructor(messages: Messages, trace: Trace) {
    this.#messages = messages;
    this.#trace = trace;
  }

  /** Opens an account for the next client. */
  add(rooms: readonly number[], group: DeliveryCounts): void {
    const books = rooms.map(
      (room) => [room, { seen: new Uint32Array(4), newest: -1, expectedFrom: -1 }] as const,
    );
    this.#accounts.push({ readyUs: -1, wishedUs: -1, group, rooms: new Map(books) });
  }

  /** The client wishes to connect: its set-up time runs from here. */
  wish(client: number, atUs: number): void {
    this.#account(client).wishedUs = atUs;
  }

  isReady(client: number): boolean {
    return this.#account(client).readyUs >= 0;
  }

  /** The client's first readiness; later calls change nothing. */
  ready(client: number, atUs: number): void {
    const account = this.#account(client);
    if (account.readyUs >= 0) return;
    account.readyUs = atUs;
    for (const [room, book] of account.rooms) {
      const times = this.#messages.byRoom[room] as number[];
      let from = times.length;
      while (from > 0 && (times[from - 1] as number) >= atUs) from--;
      book.expectedFrom = from;
    }
    const setupUs = atUs - account.wishedUs;
    account.group.setupUs.push(setupUs);
    this.#trace.add(KIND['client.ready'], atUs, client, setupUs);
  }

  /** The client's application has a message. */
  deliver(client: number, message: number, atUs: number): void {
    const account = this.#account(client);
    const book = account.rooms.get(this.#messages.room[message] as number);
    if (book === undefined) return;
    const place = this.#messages.place[message] as number;
    const word = place >>> 5;
    if (word >= book.seen.length) {
      const larger = new Uint32Array(Math.max(word + 1, book.seen.length * 2));
      larger.set(book.seen);
      book.seen = larger;
    }
    const { group } = account;
    const bit = 1 << (place & 31);
    const expected = book.expectedFrom >= 0 && place >= book.expectedFrom;
    if (((book.seen[word] as number) & bit) !== 0) {
      if (expected) group.duplicates++;
      this.#trace.add(KIND['message.duplicated'], atUs, message, client);
      return;
    }
    book.seen[word] = (book.seen[word] as number) | bit;
    const outOfOrder = place < book.newest;
    if (place > book.newest) book.newest = place;
    const latencyUs = atUs - (this.#messages.acceptedUs[message] as number);
    if (expected) {
      group.delivered++;
      if (outOfOrder) group.outOfOrder++;
      group.latencyUs.push(latencyUs);
    }
    this.#trace.add(
      KIND['message.delivered'],
      atUs,
      message,
      client,
      latencyUs,
      expected ? 1 : 0,
      outOfOrder ? 1 : 0,
    );
  }

  /** Deliveries that a client can expect so far. */
  expected(client: number): number {
    let sum = 0;
    for (const [room, { expectedFrom }] of this.#account(client).rooms) {
      if (expectedFrom >= 0) sum += (this.#messages.byRoom[room] as number[]).length - expectedFrom;
    }
    return sum;
  }

  #account(client: number): Account {
    return this.#accounts[client] as Account;
  }
}
