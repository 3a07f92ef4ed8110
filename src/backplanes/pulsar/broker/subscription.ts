import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import { sendCarrying } from '../../../engine/contract/carry.ts';
import type { Actor, Place, Role, Wire } from '../../../engine/contract/place.ts';
import type { Books } from '../books.ts';
import type { Config } from '../config.ts';
import { javaStringHash } from '../names.ts';
import { type CursorState, type Entry, messagesIn, type Push, pushBytes } from '../protocol.ts';
import { Cursor } from './cursor.ts';
import { subscriptionMachine } from './subscription.machine.ts';

/** Most entries that are dispatched at a time (dispatcherMaxReadBatchSize). */
const BATCH = 100;

interface Consumer {
  wire: Wire;
  server: number;
  permits: number;
  /** What it has, by offset. */
  unacked: Map<number, Entry>;
}

export interface SubscriptionHome {
  readonly io: BackplaneIo;
  readonly config: Config;
  readonly books: Books;
  readonly place: Place;
  readonly partition: number;
  /** Where the next entry will be, if a subscription is done with all of them. */
  readonly next: { ledger: number; entry: number };
  save(cursor: CursorState, then: () => void): void;
}

/** A subscription of a partition at its broker: the cursor, and who consumes. */
export class Subscription {
  readonly #home: SubscriptionHome;
  readonly #number: number;
  readonly #cursor: Cursor;
  readonly #actor: Actor;
  /** In the order of their servers. */
  #consumers: Consumer[] = [];
  #active: Consumer | null = null;
  /** What is to be sent, in order: new entries, and such as come back. */
  #todo: Entry[] = [];
  #version: number;
  #furthest = 0;
  #turn = 0;
  #noted = 0;
  #busy = false;
  #savedUs = Number.NEGATIVE_INFINITY;
  #saving = false;

  constructor(home: SubscriptionHome, number: number, stored: CursorState | undefined) {
    this.#home = home;
    this.#number = number;
    this.#cursor = new Cursor(stored);
    this.#version = stored?.version ?? 0;
    const failoverDelayMs = home.config.failoverDelayUs / 1000;
    this.#actor = home.place.start<Subscription>('subscription', this, { failoverDelayMs });
  }

  /** Offset up to which it is done with everything. */
  get done(): number {
    return this.#cursor.markDelete;
  }

  offer(entry: Entry): void {
    if (!this.#cursor.add(entry)) return;
    this.#todo.push(entry);
    this.dispatch();
  }

  /** A server that is back takes the place of its old connection. */
  join(wire: Wire, server: number): void {
    for (const old of this.#consumers.filter((one) => one.server === server)) this.#remove(old);
    this.#consumers.push({ wire, server, permits: 0, unacked: new Map() });
    this.#consumers.sort((a, b) => a.server - b.server);
    this.#actor.send({ type: 'joined' });
    this.#choose();
  }

  leave(wire: Wire): void {
    const gone = this.#consumers.filter((one) => one.wire === wire);
    for (const one of gone) this.#remove(one);
    if (gone.length === 0) return;
    if (this.#consumers.length === 0) this.#actor.send({ type: 'left' });
    this.#choose();
    this.dispatch();
  }

  flow(wire: Wire, permits: number): void {
    const consumer = this.#consumers.find((one) => one.wire === wire);
    if (consumer === undefined) return;
    consumer.permits += permits;
    this.#actor.send({ type: 'permits' });
    this.dispatch();
  }

  acknowledge(offsets: readonly number[], cumulative: boolean): void {
    const all = cumulative ? this.#cursor.upTo(offsets[0] as number) : offsets;
    for (const offset of all) {
      const over = this.#cursor.acknowledge(offset);
      if (over === null) continue;
      for (const { unacked } of this.#consumers) unacked.delete(over.offset);
      if (this.#todo.includes(over)) this.#todo = this.#todo.filter((one) => one !== over);
    }
    this.#saveSoon();
    this.dispatch();
  }

  /** A consumer wants messages again; one that has the subscription for itself gets all that it has not acknowledged. */
  redeliver(wire: Wire, offsets: readonly number[]): void {
    const consumer = this.#consumers.find((one) => one.wire === wire);
    if (consumer === undefined) return;
    const { type } = this.#home.config;
    const some = offsets.flatMap((offset) => this.#cursor.entryOf(offset) ?? []);
    const all = type === 'exclusive' || type === 'failover' ? [...consumer.unacked.values()] : some;
    this.#takeBack(
      consumer,
      all.filter(({ offset }) => consumer.unacked.has(offset)),
    );
    this.dispatch();
  }

  dispatch(): void {
    if (this.#busy || this.#todo.length === 0) return;
    const { state } = this.#actor;
    if (state === 'no consumer' || state === 'changing consumer' || this.#plan(1).length === 0) {
      this.#actor.send({ type: 'no permits' });
      this.#note();
      return;
    }
    this.#busy = true;
    const entries = Math.min(this.#todo.length, BATCH);
    this.#home.place.work(this.#home.config.dispatchUs * entries, 'message', () => {
      this.#busy = false;
      const batches = new Map<Consumer, Entry[]>();
      for (const [entry, consumer] of this.#plan(entries)) {
        consumer.permits -= entry.batch.messages.length;
        consumer.unacked.set(entry.offset, entry);
        batches.set(consumer, [...(batches.get(consumer) ?? []), entry]);
      }
      const sent = new Set([...batches.values()].flat());
      this.#turn += sent.size;
      this.#todo = this.#todo.filter((entry) => !sent.has(entry));
      for (const [consumer, batch] of batches) this.#send(consumer, batch);
      if (this.#noted > 0) this.#note();
      if (sent.size > 0) this.dispatch();
    });
  }

  /** What may be sent now, and to whom: at most so many entries. */
  #plan(most: number): [Entry, Consumer][] {
    const plan: [Entry, Consumer][] = [];
    const left = new Map(this.#consumers.map((one) => [one, one.permits]));
    const blocked = new Set<number>();
    for (const entry of this.#todo) {
      if (plan.length === most) break;
      const { room, messages } = entry.batch;
      if (blocked.has(room)) continue;
      const consumer = this.#consumerFor(entry, left, this.#turn + plan.length);
      if (consumer === null) {
        if (this.#home.config.type !== 'key-shared') break;
        blocked.add(room);
        continue;
      }
      left.set(consumer, (left.get(consumer) as number) - messages.length);
      plan.push([entry, consumer]);
    }
    return plan;
  }

  /** @param turn whose it is in a shared subscription, if it has permits */
  #consumerFor({ batch }: Entry, left: ReadonlyMap<Consumer, number>, turn: number): Consumer | null {
    const hasPermits = (one: Consumer | null) => one !== null && (left.get(one) ?? 0) > 0;
    const { type } = this.#home.config;
    if (type === 'exclusive' || type === 'failover') return hasPermits(this.#active) ? this.#active : null;
    const count = this.#consumers.length;
    if (type === 'shared') {
      for (let i = 0; i < count; i++) {
        const one = this.#consumers[(turn + i) % count] as Consumer;
        if (hasPermits(one)) return one;
      }
      return null;
    }
    // A key goes to another consumer only when the one before is done with what it has of it (PIP-379).
    const name = this.#home.io.rooms[batch.room] as string;
    const one = this.#consumers[javaStringHash(name) % count] ?? null;
    const elsewhere = this.#consumers.some(
      (other) =>
        other !== one && [...other.unacked.values()].some((entry) => entry.batch.room === batch.room),
    );
    return hasPermits(one) && !elsewhere ? one : null;
  }

  #send({ wire }: Consumer, entries: readonly Entry[]): void {
    const { io, books, place, partition } = this.#home;
    const push: Push = { push: 'messages', partition, subscription: this.#number, entries };
    for (const { offset, batch } of entries) {
      for (const message of batch.messages) {
        io.counts.forwarded++;
        if (books.sent(this.#number, message)) io.counts.redelivered++;
      }
      const end = offset + batch.messages.length;
      if (end <= this.#furthest) continue;
      this.#furthest = end;
      books.cursor(place, partition, this.#number, end, false);
    }
    sendCarrying(
      wire,
      'pulsar.messages',
      pushBytes(push),
      push,
      entries.flatMap(({ batch }) => batch.messages),
    );
  }

  #remove(consumer: Consumer): void {
    this.#consumers = this.#consumers.filter((one) => one !== consumer);
    this.#takeBack(consumer, [...consumer.unacked.values()]);
  }

  #takeBack(consumer: Consumer, entries: readonly Entry[]): void {
    for (const { offset } of entries) consumer.unacked.delete(offset);
    this.#todo = [...entries, ...this.#todo].sort((a, b) => a.offset - b.offset);
  }

  /** Failover: in each partition another server's turn, as long as they are the same. */
  #choose(): void {
    const { config, io, books, partition } = this.#home;
    const before = this.#active;
    const count = this.#consumers.length;
    this.#active = this.#consumers[config.type === 'failover' ? partition % Math.max(1, count) : 0] ?? null;
    if (this.#active === before || config.type !== 'failover') return;
    if (before !== null) {
      // What the one before has not acknowledged is read again.
      this.#takeBack(before, [...before.unacked.values()]);
      this.#actor.send({ type: 'failed over' });
    }
    const place = this.#active === null ? null : (io.servers[this.#active.server] as Place);
    if (place !== null) books.member(`partition ${partition}`, place, 'active');
  }

  /** At most so often (managedLedgerDefaultMarkDeleteRateLimit): a crash brings back what was done since. */
  #saveSoon(): void {
    if (this.#saving) return;
    this.#saving = true;
    const { config, place, io } = this.#home;
    const waitUs = Math.max(0, this.#savedUs + config.cursorWriteUs - io.sim.kernel.nowUs);
    place.later(waitUs, () => {
      this.#savedUs = io.sim.kernel.nowUs;
      this.#saving = false;
      this.#save();
    });
  }

  #save(): void {
    const { books, partition, place, next } = this.#home;
    const { markDelete, acked, first } = this.#cursor;
    const { ledger, entry } = first ?? next;
    const version = ++this.#version;
    const cursor = {
      subscription: this.#number,
      partition,
      version,
      markDelete,
      acked,
      ledger,
      entry,
      sequences: [],
    };
    this.#home.save(cursor, () => books.cursor(place, partition, this.#number, markDelete, true));
  }

  /** What waits here for a server. */
  #note(): void {
    const { io, place, config } = this.#home;
    if (config.type !== 'exclusive' || this.#todo.length === this.#noted) return;
    this.#noted = this.#todo.length;
    const messages = messagesIn({ ok: true, entries: this.#todo });
    const bytes = this.#todo.reduce((sum, { batch }) => sum + batch.bytes, 0);
    io.buffered(place, io.servers[this.#number] as Place, bytes, messages.length);
  }
}

export const SUBSCRIPTION_ROLE: Role = {
  machine: subscriptionMachine,
  effects: { dispatch: (subscription: Subscription) => subscription.dispatch() },
};
