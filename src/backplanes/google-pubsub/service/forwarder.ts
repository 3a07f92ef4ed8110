import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Actor, Place, Role, Wire, WireOwner } from '../../../engine/contract/place.ts';
import type { Books } from '../books.ts';
import type { Config } from '../config.ts';
import { ZONES_NEEDED } from '../names.ts';
import { type Asked, type Contents, type Entry, type Lease, type Said, saidBytes } from '../wire.ts';
import { forwarderMachine } from './forwarder.machine.ts';
import type { SubscriptionHome } from './home.ts';
import { Storage, type StorageUser } from './storage.ts';
import { Subscription } from './subscription.ts';

/** How often it looks for messages that are too old: an estimate. */
const RETENTION_CHECK_US = 60_000_000;

/** What no process of the service begins anew: numbers are given once. */
export interface Topic {
  nextOffset: number;
  nextAckId: number;
  epoch: number;
}

/** What the service is made of, whichever process runs it. */
export interface Service {
  readonly io: BackplaneIo;
  readonly config: Config;
  readonly books: Books;
  readonly topic: Topic;
  readonly zones: readonly Place[];
  /** Whose each subscription is; null: all servers share it. */
  readonly subscribers: readonly (Place | null)[];
  /** Whether clients of a server watch a message's room. */
  watches(server: Place, message: number): boolean;
}

/** The service in front of the storage: takes messages, has them stored, and hands them out. */
export class Forwarder implements WireOwner, StorageUser, SubscriptionHome {
  readonly io: BackplaneIo;
  readonly config: Config;
  readonly books: Books;
  readonly place: Place;
  readonly #service: Service;
  readonly #storage: Storage;
  readonly #subscriptions: Subscription[];
  readonly #actor: Actor;
  /** Messages that it has in memory, and of those that are not stored yet. */
  readonly #entries = new Map<number, Entry>();
  readonly #pending = new Set<Entry>();
  #read: Contents[] = [];

  constructor(service: Service, place: Place) {
    const { io, config, books, topic, zones, subscribers } = service;
    this.io = io;
    this.config = config;
    this.books = books;
    this.place = place;
    this.#service = service;
    topic.epoch++;
    this.#storage = new Storage(place, zones, topic.epoch, books, this);
    this.#subscriptions = subscribers.map((server, number) => new Subscription(this, number, server));
    this.#actor = place.start<Forwarder>('forwarder', this);
    this.#actor.send({ type: 'start' });
  }

  get end(): number {
    return this.#service.topic.nextOffset;
  }

  /** The first process finds a topic without messages. */
  read(): void {
    const first = this.#storage.epoch === 1;
    this.#storage.open(first);
    if (first) this.#actor.send({ type: 'has read' });
  }

  /** What the third zone adds was never confirmed, and goes; what was confirmed one of the others had. */
  hasRead(contents: Contents): void {
    if (this.#read.length < ZONES_NEEDED) {
      this.#read.push(contents);
      if (this.#read.length < ZONES_NEEDED) return;
      this.#recover(this.#read);
      this.#actor.send({ type: 'has read' });
      return;
    }
    const stale = [...contents.entries.keys()].filter((offset) => !this.#entries.has(offset));
    if (stale.length > 0) this.#storage.write({ change: 'deleted', offsets: stale });
  }

  /** It knows what there is: from now on it can be connected to. */
  serve(): void {
    this.place.listen(() => this);
    const check = () => {
      this.#expireOld();
      this.place.later(RETENTION_CHECK_US, check);
    };
    this.place.later(RETENTION_CHECK_US, check);
  }

  /** The process died with what it had in memory. */
  stopped(): void {
    for (const { message } of this.#pending)
      this.books.remove(message, this.place, 'the service crashed before two zones had it');
  }

  costUs(content: unknown): number {
    return content === null ? 0 : this.config.requestUs;
  }

  received(content: unknown, wire: Wire): void {
    if (content === null) return;
    const { call, request } = content as Asked;
    const answer = (invalid: readonly number[] = []) => {
      const said: Said = { said: 'answer', call, invalid };
      wire.send('pubsub.answer', saidBytes(said), said);
    };
    switch (request.rpc) {
      case 'publish':
        this.#publish(request.messages, answer);
        return;
      case 'acknowledge': {
        const invalid = this.#of(request.subscription).acknowledge(request.ackIds);
        if (this.config.exactlyOnce) this.#afterWrites(() => answer(invalid));
        else answer();
        return;
      }
      case 'modify-deadline':
        this.#of(request.subscription).modifyDeadline(request.ackIds, request.deadlineMs * 1000, answer);
        return;
      case 'pull':
        this.#of(request.subscription).attach(wire);
        return;
      default:
    }
  }

  closed(_reason: unknown, wire: Wire): void {
    for (const subscription of this.#subscriptions) subscription.detach(wire);
  }

  newAckId(): number {
    return this.#service.topic.nextAckId++;
  }

  isLive(offset: number): boolean {
    return this.#entries.has(offset);
  }

  settled(number: number, offsets: readonly number[]): void {
    this.#storage.write({ change: 'acks', subscription: number, offsets });
    this.#deleteDone(offsets);
  }

  /** Where delivery is exactly once, a message that somebody has is nobody else’s even after a crash: so it is written. */
  keepLeases(subscription: number, leases: readonly Lease[], then: () => void): void {
    if (!this.config.exactlyOnce || leases.length === 0) then();
    else this.#storage.write({ change: 'leases', subscription, leases }, then);
  }

  deadLettered(number: number, entry: Entry): void {
    const reason = `forwarded to the dead-letter topic after ${this.config.maxAttempts} attempts`;
    this.#giveUp(number, entry, reason);
  }

  #of(subscription: number): Subscription {
    return this.#subscriptions[subscription] as Subscription;
  }

  /** What all subscriptions are done with is deleted. */
  #deleteDone(offsets: readonly number[]): void {
    const done = offsets.filter((offset) => this.#subscriptions.every((one) => one.isSettled(offset)));
    if (done.length === 0) return;
    this.#storage.write({ change: 'deleted', offsets: done });
    for (const offset of done) {
      this.#entries.delete(offset);
      for (const subscription of this.#subscriptions) subscription.forget(offset);
    }
  }

  /** Goes on when everything that was written so far is stored: zones confirm in order. */
  #afterWrites(then: () => void): void {
    this.#storage.write({ change: 'deleted', offsets: [] }, then);
  }

  #publish(messages: readonly number[], answer: () => void): void {
    const { topic } = this.#service;
    const { nowUs } = this.io.sim.kernel;
    const entries = messages.map((message): Entry => {
      const room = this.io.roomOf(message);
      const bytes = this.io.bytesOf(message);
      return { offset: topic.nextOffset++, message, room, bytes, storedUs: nowUs };
    });
    for (const entry of entries) {
      this.#entries.set(entry.offset, entry);
      this.#pending.add(entry);
    }
    this.#storage.write({ change: 'entries', entries }, () => {
      for (const entry of entries) {
        this.#pending.delete(entry);
        this.books.stored(entry.message);
        this.books.remove(entry.message, this.place, '');
        this.io.counts.appended++;
        for (const subscription of this.#subscriptions) subscription.offer(entry);
      }
      answer();
    });
  }

  /** Takes together what two zones have; either may lack what the third and a crash have kept from it. */
  #recover(read: readonly Contents[]): void {
    const deleted = new Set(read.flatMap((zone) => [...zone.deleted]));
    const found = new Map(read.flatMap((zone) => [...zone.entries]));
    const entries = [...found.values()].filter(({ offset }) => !deleted.has(offset));
    entries.sort((a, b) => a.offset - b.offset);
    for (const entry of entries) this.#entries.set(entry.offset, entry);
    const { nowUs } = this.io.sim.kernel;
    this.#subscriptions.forEach((subscription, number) => {
      const done = new Set(read.flatMap((zone) => [...(zone.acks.get(number) ?? [])]));
      const leases = new Map<number, Lease>();
      for (const zone of read)
        for (const lease of zone.leases.get(number)?.values() ?? []) {
          const known = leases.get(lease.offset);
          const newer = known === undefined || lease.ackId > known.ackId || lease.untilUs > known.untilUs;
          if (newer) leases.set(lease.offset, lease);
        }
      subscription.recover(entries, done, leases, nowUs);
      if (done.size > 0) this.#storage.write({ change: 'acks', subscription: number, offsets: [...done] });
      if (leases.size > 0)
        this.#storage.write({ change: 'leases', subscription: number, leases: [...leases.values()] });
    });
    for (const { message } of entries) this.books.stored(message);
    if (entries.length > 0) this.#storage.write({ change: 'entries', entries });
    this.#storage.write({ change: 'deleted', offsets: [...deleted] });
    this.#deleteDone(entries.map(({ offset }) => offset));
  }

  #expireOld(): void {
    const limitUs = this.io.sim.kernel.nowUs - this.config.retentionUs;
    const old = [...this.#entries.values()].filter(
      (entry) => entry.storedUs < limitUs && !this.#pending.has(entry),
    );
    this.#subscriptions.forEach((subscription, number) => {
      for (const entry of subscription.expire(old))
        this.#giveUp(number, entry, 'nobody acknowledged it within the retention');
    });
  }

  #giveUp(number: number, entry: Entry, reason: string): void {
    const server = this.#service.subscribers[number] ?? null;
    if (server === null || this.#service.watches(server, entry.message))
      this.io.drop(entry.message, this.place, server, reason);
  }
}

export const FORWARDER_ROLE: Role = {
  machine: forwarderMachine,
  effects: {
    read: (forwarder: Forwarder) => forwarder.read(),
    serve: (forwarder: Forwarder) => forwarder.serve(),
  },
};
