import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Actor, Place, Role, Wire } from '../../../engine/contract/place.ts';
import type { Books } from '../books.ts';
import type { Config } from '../config.ts';
import type { Link } from '../link.ts';
import {
  type Batch,
  type CursorState,
  type Entry,
  type LedgerInfo,
  type Push,
  pushBytes,
} from '../protocol.ts';
import { Ledger, type LedgerHome } from './ledger.ts';
import { keptOf, Readers } from './readers.ts';
import { Recovery } from './recovery.ts';
import { Sequences } from './sequences.ts';
import type { Storage } from './storage.ts';
import { Subscription, type SubscriptionHome } from './subscription.ts';
import { topicMachine } from './topic.machine.ts';

/** What a topic needs of its broker. */
export interface TopicHome {
  readonly io: BackplaneIo;
  readonly config: Config;
  readonly books: Books;
  readonly place: Place;
  readonly storage: Storage;
  readonly metadata: Link;
  readonly broker: number;
  readonly incarnation: number;
  readonly subscriptions: number;
  newLedger(partition: number): number;
  /** For the books: a ledger is closed. */
  ledgerClosed(ledger: number, last: number): void;
  closed(topic: Topic): void;
}

/** A partition that this broker owns: its managed ledger, and its subscriptions. */
export class Topic implements LedgerHome, SubscriptionHome {
  readonly io: BackplaneIo;
  readonly config: Config;
  readonly books: Books;
  readonly place: Place;
  readonly storage: Storage;
  readonly partition: number;
  readonly #home: TopicHome;
  readonly #actor: Actor;
  readonly #waiting: ((ok: boolean) => void)[] = [];
  readonly #clients = new Set<Wire>();
  readonly #sequences: Sequences;
  readonly readers: Readers;
  #subscriptions: Subscription[] = [];
  #recovery: Recovery;
  #version = 0;
  #ledgers: readonly LedgerInfo[] = [];
  #cursors = new Map<number, CursorState>();
  #recovered: Entry[] = [];
  #ledger: Ledger | null = null;
  #over = false;
  #current = -1;
  #nextEntry = 0;
  #confirmed = 0;
  #nextOffset = 0;
  #confirmedOffset = 0;

  constructor(home: TopicHome, partition: number) {
    this.#home = home;
    this.io = home.io;
    this.config = home.config;
    this.books = home.books;
    this.place = home.place;
    this.storage = home.storage;
    this.partition = partition;
    this.#recovery = new Recovery(home.place, home.config, home.storage);
    this.#sequences = new Sequences(home.config.deduplicates);
    this.readers = new Readers(this, () => {
      const done = Math.min(...this.#subscriptions.map((one) => one.done));
      const now = { confirmed: this.#confirmed, end: this.#confirmedOffset, done };
      return keptOf(this.#ledgers, now, this.io.sim.kernel.nowUs - this.config.retentionUs);
    });
    this.#actor = home.place.start<Topic>('topic', this);
    this.#actor.send({ type: 'start' });
  }

  /** The entry behind the last that enough bookies have. */
  get next(): { ledger: number; entry: number } {
    return { ledger: this.#current, entry: this.#confirmed };
  }

  whenOpen(then: (ok: boolean) => void): void {
    if (this.#actor.state === 'open') then(true);
    else this.#waiting.push(then);
  }

  load(): void {
    const { metadata, broker, incarnation } = this.#home;
    this.#recovery.stop();
    this.#recovery = new Recovery(this.place, this.config, this.storage);
    metadata.ask({ ask: 'load', partition: this.partition, broker, incarnation }, (answer) => {
      if (answer === null) this.#actor.send({ type: 'again' });
      else if (!answer.ok) this.close();
      else {
        this.#version = answer.version as number;
        this.#ledgers = answer.ledgers as readonly LedgerInfo[];
        this.#actor.send({ type: 'has metadata' });
      }
    });
  }

  readCursors(): void {
    if (this.#ledgers.length === 0) this.#actor.send({ type: 'has cursors' });
    else
      this.#recovery.readCursors(this.partition, (cursors) => {
        this.#cursors = cursors;
        this.#actor.send({ type: 'has cursors' });
      });
  }

  /** Reads what some cursor is not done with. The last ledger is fenced: an old owner can confirm nothing more. */
  recover(): void {
    this.#recovered = [];
    const from = this.#readFrom();
    const at = this.#ledgers.findIndex(({ id }) => id === from.ledger);
    const todo = this.#ledgers.slice(Math.max(0, at));
    const read = (i: number) => {
      const info = todo[i];
      if (info === undefined) {
        this.#actor.send({ type: 'recovered' });
        return;
      }
      const first = info.id === from.ledger ? from.entry : 0;
      this.#recovery.readLedger(info, first, (entries) => {
        this.#recovered.push(...entries);
        const last = info.last ?? first + entries.length - 1;
        const closedUs = info.closedUs ?? this.io.sim.kernel.nowUs;
        this.#ledgers = this.#ledgers.map((one) => (one.id === info.id ? { ...one, last, closedUs } : one));
        const end = entries.at(-1);
        this.#nextOffset =
          end === undefined
            ? Math.max(this.#nextOffset, info.firstOffset)
            : end.offset + end.batch.messages.length;
        read(i + 1);
      });
    };
    read(0);
  }

  /** A new ledger on bookies of its own: nothing of the old ones is copied. */
  create(): void {
    const id = this.#home.newLedger(this.partition);
    const ensemble = this.storage.choose(this.config.ensemble, id);
    const ends = [...this.#cursors.values()].map(({ markDelete }) => markDelete);
    this.#nextOffset = Math.max(this.#nextOffset, ...ends);
    const segments = [{ first: 0, ensemble }];
    const open = { last: null, closedUs: null };
    const info = { id, partition: this.partition, firstOffset: this.#nextOffset, segments, ...open };
    const ledgers = [...this.#ledgers, info];
    this.#update(ledgers, (ok) => {
      if (ok !== true) this.#actor.send({ type: 'again' });
      else this.#open(ledgers, info);
    });
  }

  changed(info: LedgerInfo, then: (ok: boolean | null) => void): void {
    this.#update([...this.#ledgers.slice(0, -1), info], then);
  }

  fenced(): void {
    this.close();
  }

  save(cursor: CursorState, then: () => void): void {
    const { writeQuorum, ackQuorum } = this.config;
    let confirmed = 0;
    for (const bookie of this.storage.choose(writeQuorum, this.partition + cursor.subscription + 1))
      this.storage.ask(bookie, { ask: 'save-cursor', cursor }, (answer) => {
        if (answer !== null && ++confirmed === ackQuorum) then();
      });
  }

  send(batch: Batch, answer: (ok: boolean) => void): void {
    const ledger = this.#ledger;
    const fresh = ledger !== null && this.#sequences.take(batch, answer);
    if (ledger === null) answer(false);
    if (ledger === null || !fresh) {
      this.books.remove(batch.messages, this.place, 'its broker does not own the topic any more');
      return;
    }
    const entry = { ledger: this.#current, entry: this.#nextEntry++, offset: this.#nextOffset, batch };
    this.#nextOffset += batch.messages.length;
    ledger.add(entry, () => {
      this.#confirmed = entry.entry + 1;
      this.#confirmedOffset = entry.offset + batch.messages.length;
      this.books.stored(entry);
      this.books.remove(batch.messages, this.place, '');
      this.io.counts.appended += batch.messages.length;
      if (this.#sequences.stored(batch)) this.#saveSequences(this.#sequences.snapshot);
      for (const subscription of this.#subscriptions) subscription.offer(entry);
      this.readers.offer(entry);
      answer(true);
    });
  }

  attach(wire: Wire): void {
    this.#clients.add(wire);
  }

  subscription(number: number): Subscription | undefined {
    return this.#subscriptions[number];
  }

  gone(wire: Wire): void {
    this.#clients.delete(wire);
    for (const subscription of this.#subscriptions) subscription.leave(wire);
    this.readers.leave(wire);
  }

  /** The broker does not own it any more: whoever uses it is told to look elsewhere. */
  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#recovery.stop();
    this.readers.stop();
    this.forget('its broker does not own the topic any more');
    this.#ledger = null;
    this.#actor.send({ type: 'lost' });
    for (const then of this.#waiting.splice(0)) then(false);
    const push: Push = { push: 'closed', partition: this.partition };
    for (const wire of this.#clients) wire.send('pulsar.closed', pushBytes(push), push);
    this.#home.closed(this);
  }

  /** For the books: what was in memory only is gone. */
  forget(reason: string): void {
    for (const { batch } of this.#ledger?.pending ?? [])
      this.books.remove(batch.messages, this.place, reason);
  }

  #readFrom(): { ledger: number; entry: number } {
    const start = { ledger: this.#ledgers[0]?.id ?? -1, entry: 0 };
    const order = (id: number) => this.#ledgers.findIndex((one) => one.id === id);
    const needed = Array.from({ length: this.#home.subscriptions }, (_, one) => one);
    if (this.config.deduplicates) needed.push(-1);
    return needed
      .map((one) => this.#cursors.get(one) ?? start)
      .sort((a, b) => order(a.ledger) - order(b.ledger) || a.entry - b.entry)[0] as typeof start;
  }

  #open(ledgers: readonly LedgerInfo[], info: LedgerInfo): void {
    for (const { id, last } of ledgers) if (last !== null) this.#home.ledgerClosed(id, last);
    this.#current = info.id;
    this.#nextEntry = 0;
    this.#confirmed = 0;
    this.#confirmedOffset = info.firstOffset;
    this.#ledger = new Ledger(this, info);
    this.#sequences.recover(this.#cursors.get(-1), this.#recovered);
    this.#subscriptions = Array.from(
      { length: this.#home.subscriptions },
      (_, number) => new Subscription(this, number, this.#cursors.get(number)),
    );
    for (const entry of this.#recovered) {
      this.books.stored(entry);
      for (const subscription of this.#subscriptions) subscription.offer(entry);
    }
    this.#recovered = [];
    this.#actor.send({ type: 'created' });
    for (const then of this.#waiting.splice(0)) then(true);
  }

  #update(ledgers: readonly LedgerInfo[], then: (ok: boolean | null) => void): void {
    const { metadata } = this.#home;
    const request = { ask: 'update', partition: this.partition, version: this.#version, ledgers } as const;
    metadata.ask(request, (answer) => {
      if (answer?.ok === true) {
        this.#version = answer.version as number;
        this.#ledgers = ledgers;
      }
      then(answer?.ok ?? null);
    });
  }

  #saveSequences(sequences: CursorState['sequences']): void {
    const { ledger, entry } = this.next;
    const version = this.#sequences.version;
    const cursor = { subscription: -1, partition: this.partition, version, markDelete: 0, acked: [] };
    this.save({ ...cursor, ledger, entry, sequences }, () => {});
  }
}

export const TOPIC_ROLE: Role = {
  machine: topicMachine,
  effects: {
    load: (topic: Topic) => topic.load(),
    readCursors: (topic: Topic) => topic.readCursors(),
    recover: (topic: Topic) => topic.recover(),
    create: (topic: Topic) => topic.create(),
  },
};
