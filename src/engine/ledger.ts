import { KIND, type Trace } from '../trace/trace.ts';
import type { RepairPlan } from './contract/plan.ts';
import type { Messages } from './messages.ts';

/** Counts of one client group's deliveries. */
export interface DeliveryCounts {
  delivered: number;
  duplicates: number;
  outOfOrder: number;
  deduplicated: number;
  missed: number;
  recovered: number;
  latencyUs: number[];
  setupUs: number[];
}

export const noDeliveries = (): DeliveryCounts => ({
  delivered: 0,
  duplicates: 0,
  outOfOrder: 0,
  deduplicated: 0,
  missed: 0,
  recovered: 0,
  latencyUs: [],
  setupUs: [],
});

/** What a client has of one room, by the messages' numbers within it. */
interface Book {
  seen: Uint32Array;
  /** The first that it got, and the newest; -1: none yet. */
  first: number;
  newest: number;
  expectedFrom: number;
  /** Its own messages, which it is not sent. */
  own: number[];
}

/** One client's account: what it has, room by room. */
interface Account {
  readyUs: number;
  wishedUs: number;
  group: DeliveryCounts;
  repair: RepairPlan;
  rooms: Map<number, Book>;
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
  add(rooms: readonly number[], group: DeliveryCounts, repair: RepairPlan): void {
    const books = rooms.map((room): [number, Book] => [
      room,
      { seen: new Uint32Array(4), first: -1, newest: -1, expectedFrom: -1, own: [] },
    ]);
    this.#accounts.push({ readyUs: -1, wishedUs: -1, group, repair, rooms: new Map(books) });
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

  /** A client wrote this message, and is not sent it: it expects it no more than it misses it. */
  withhold(client: number, message: number): void {
    const book = this.#account(client).rooms.get(this.#messages.room[message] as number);
    book?.own.push(this.#messages.place[message] as number);
  }

  /** The client's application has a message. */
  deliver(client: number, message: number, atUs: number): void {
    const account = this.#account(client);
    const room = this.#messages.room[message] as number;
    const book = account.rooms.get(room);
    if (book === undefined) return;
    const place = this.#messages.place[message] as number;
    const { group, repair } = account;
    const expected = book.expectedFrom >= 0 && place >= book.expectedFrom;
    if (!note(book, place)) {
      this.#repeated(client, message, atUs, expected);
      return;
    }
    const outOfOrder = place < book.newest;
    if (repair.detectGaps) this.#lookForGap(client, room, book, place, atUs);
    if (book.first < 0) book.first = place;
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
    for (const [room, { expectedFrom, own }] of this.#account(client).rooms) {
      if (expectedFrom < 0) continue;
      sum += (this.#messages.byRoom[room] as number[]).length - expectedFrom;
      for (const place of own) if (place >= expectedFrom) sum--;
    }
    return sum;
  }

  #repeated(client: number, message: number, atUs: number, expected: boolean): void {
    const { group, repair } = this.#account(client);
    if (repair.dropDuplicates) {
      group.deduplicated++;
      this.#trace.add(KIND['message.deduplicated'], atUs, message, client);
      return;
    }
    if (expected) group.duplicates++;
    this.#trace.add(KIND['message.duplicated'], atUs, message, client);
  }

  /** Messages carry their number within the room: what lies between this one and the newest is missing. */
  #lookForGap(client: number, room: number, book: Book, place: number, atUs: number): void {
    const { group } = this.#account(client);
    if (book.newest < 0) return;
    if (place < book.newest) {
      if (place > book.first) group.recovered++;
      return;
    }
    const first = book.newest + 1;
    const own = book.own.filter((mine) => mine >= first && mine < place).length;
    const missing = place - first - own;
    if (missing === 0) return;
    group.missed += missing;
    this.#trace.add(KIND['gap.noticed'], atUs, client, room, first, missing);
  }

  #account(client: number): Account {
    return this.#accounts[client] as Account;
  }
}

/** Notes that a message is there. @returns whether it was not before */
function note(book: Book, place: number): boolean {
  const word = place >>> 5;
  if (word >= book.seen.length) {
    const larger = new Uint32Array(Math.max(word + 1, book.seen.length * 2));
    larger.set(book.seen);
    book.seen = larger;
  }
  const bit = 1 << (place & 31);
  const before = book.seen[word] as number;
  book.seen[word] = before | bit;
  return (before & bit) === 0;
}
