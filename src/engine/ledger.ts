import { KIND, type Trace } from '../trace/trace.ts';
import { Places } from './contract/places.ts';
import type { RepairPlan } from './contract/plan.ts';
import type { Snapshot } from './contract/snapshot.ts';
import type { Messages } from './messages.ts';

/** Counts of one client group's deliveries. */
export interface DeliveryCounts {
  delivered: number;
  duplicates: number;
  outOfOrder: number;
  deduplicated: number;
  missed: number;
  recovered: number;
  bySnapshot: number;
  snapshots: { asked: number; applied: number; bytes: number };
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
  bySnapshot: 0,
  snapshots: { asked: 0, applied: 0, bytes: 0 },
  latencyUs: [],
  setupUs: [],
});

/** What a client has of one room, by the messages' numbers within it. */
interface Book {
  seen: Places;
  /** Newest that a snapshot stood for; -1: there was none. */
  snapshotUpTo: number;
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
  /** Told of the room of each gap that its client notices. */
  noticed: ((room: number) => void) | null;
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
      { seen: new Places(), snapshotUpTo: -1, first: -1, newest: -1, expectedFrom: -1, own: [] },
    ]);
    this.#accounts.push({ readyUs: -1, wishedUs: -1, group, repair, rooms: new Map(books), noticed: null });
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
    if (!book.seen.add(place)) {
      const dropped = repair.dropDuplicates || place <= book.snapshotUpTo;
      this.#repeated(client, message, atUs, expected, dropped);
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

  /** The client's application has a room's state: it has the messages that this stands for, those that it had before too. */
  apply(client: number, snapshot: Snapshot, atUs: number): void {
    const account = this.#account(client);
    const book = account.rooms.get(snapshot.room);
    if (book === undefined) return;
    const { group, repair } = account;
    const own = new Set(book.own);
    const places: number[] = [];
    for (let place = 0; place < snapshot.version; place++)
      if (snapshot.places.has(place) && !own.has(place) && book.seen.add(place)) places.push(place);
    const { room, version, bytes } = snapshot;
    group.snapshots.applied++;
    group.snapshots.bytes += bytes;
    const kind = KIND['snapshot.applied'];
    this.#trace.cause = this.#trace.add(kind, atUs, client, room, version, bytes, places.length);
    for (const place of places) {
      if (repair.detectGaps && place < book.newest && place > book.first) group.recovered++;
      this.#broughtBySnapshot(client, account, book, room, place, atUs);
    }
    book.first = 0;
    book.newest = Math.max(book.newest, version - 1);
    book.snapshotUpTo = Math.max(book.snapshotUpTo, version - 1);
  }

  /** Tells of the room of each gap that a client notices. */
  onGap(client: number, noticed: (room: number) => void): void {
    this.#account(client).noticed = noticed;
  }

  /** A client asks for a snapshot. */
  asks(client: number, room: number, atUs: number): void {
    this.#account(client).group.snapshots.asked++;
    this.#trace.cause = this.#trace.add(KIND['snapshot.asked'], atUs, client, room);
  }

  /** Whether a client misses something of a room, by the numbers of what it has. */
  hasGap(client: number, room: number): boolean {
    const { seen, first, newest, own } = this.#account(client).rooms.get(room) as Book;
    for (let place = first; place < newest; place++)
      if (!seen.has(place) && !own.includes(place)) return true;
    return false;
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

  #broughtBySnapshot(
    client: number,
    { group }: Account,
    book: Book,
    room: number,
    place: number,
    atUs: number,
  ): void {
    const message = (this.#messages.inRoom[room] as number[])[place] as number;
    const expected = book.expectedFrom >= 0 && place >= book.expectedFrom;
    const latencyUs = atUs - (this.#messages.acceptedUs[message] as number);
    if (expected) {
      group.delivered++;
      group.bySnapshot++;
      group.latencyUs.push(latencyUs);
    }
    this.#trace.add(KIND['message.delivered'], atUs, message, client, latencyUs, expected ? 1 : 0);
  }

  /** @param dropped its id, or its number and the version of the client's state, say that it is there already */
  #repeated(client: number, message: number, atUs: number, expected: boolean, dropped: boolean): void {
    const { group } = this.#account(client);
    if (dropped) {
      group.deduplicated++;
      this.#trace.add(KIND['message.deduplicated'], atUs, message, client);
      return;
    }
    if (expected) group.duplicates++;
    this.#trace.add(KIND['message.duplicated'], atUs, message, client);
  }

  /** Messages carry their number within the room: what lies between this one and the newest is missing. */
  #lookForGap(client: number, room: number, book: Book, place: number, atUs: number): void {
    const { group, noticed } = this.#account(client);
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
    noticed?.(room);
  }

  #account(client: number): Account {
    return this.#accounts[client] as Account;
  }
}
