import { sendCarrying } from '../../../engine/contract/carry.ts';
import type { Actor, Place, Role, Wire } from '../../../engine/contract/place.ts';
import { type Entry, type Lease, type Received, type Said, saidBytes } from '../wire.ts';
import type { SubscriptionHome } from './home.ts';
import { Leases, type Outstanding } from './leases.ts';
import { Lines } from './lines.ts';
import { Streams } from './streams.ts';
import { subscriptionMachine } from './subscription.machine.ts';

/** Most messages in one answer on a stream: an estimate. */
const BATCH = 100;

/** A subscription in the service: its backlog, who has which message until when, and what is done with. */
export class Subscription {
  readonly #home: SubscriptionHome;
  readonly #number: number;
  /** Whose subscription it is; null: several servers’. */
  readonly #server: Place | null;
  readonly #actor: Actor;
  readonly #streams: Streams;
  readonly #leases: Leases;
  readonly #lines = new Lines();
  #ready: Entry[] = [];
  /** To be sent again: in the backlog, or waiting for its backoff. */
  readonly #again = new Set<number>();
  readonly #settled = new Set<number>();
  readonly #failures = new Map<number, number>();
  /** Ordering keys whose next message waits for its backoff. */
  readonly #blocked = new Set<number>();
  #busy = false;
  #frontier = 0;
  #furthest = 0;
  #noted = 0;

  constructor(home: SubscriptionHome, number: number, server: Place | null) {
    this.#home = home;
    this.#number = number;
    this.#server = server;
    this.#actor = home.place.start<Subscription>('subscription', this);
    this.#streams = new Streams(home.config);
    this.#leases = new Leases(home.place, home.io.sim.kernel, (over) => this.#expired(over));
  }

  /** What a new process has read: messages in order, what is done with, and who has what. */
  recover(
    entries: readonly Entry[],
    done: ReadonlySet<number>,
    leases: ReadonlyMap<number, Lease>,
    nowUs: number,
  ): void {
    for (const entry of entries) {
      const lease = leases.get(entry.offset);
      if (done.has(entry.offset)) this.#settled.add(entry.offset);
      else if (lease !== undefined && lease.untilUs > nowUs) this.#hold({ ...lease, entry, stream: null });
      else this.#ready.push(entry);
    }
  }

  attach(stream: Wire): void {
    this.#streams.open(stream);
    this.#actor.send({ type: 'pulled' });
    this.#pump();
  }

  detach(stream: Wire): void {
    if (!this.#streams.has(stream)) return;
    this.#streams.close(stream);
    if (this.#streams.size === 0) this.#actor.send({ type: 'left' });
  }

  offer(entry: Entry): void {
    this.#ready.push(entry);
    this.#pump();
  }

  isSettled(offset: number): boolean {
    return this.#settled.has(offset);
  }

  forget(offset: number): void {
    this.#settled.delete(offset);
  }

  /** A subscriber says that it is done with messages. @returns ids that count no more, where that matters */
  acknowledge(ackIds: readonly number[]): number[] {
    const invalid: number[] = [];
    const settled: number[] = [];
    for (const ackId of ackIds) {
      const entry = this.#leases.entryOf(ackId);
      if (this.#home.config.exactlyOnce && !this.#leases.has(ackId)) invalid.push(ackId);
      else if (entry !== undefined && this.#settle(entry)) settled.push(entry.offset);
    }
    this.#report(settled);
    return invalid;
  }

  /** Gives a subscriber longer, or (0) takes messages back. @returns ids that count no more, where that matters */
  modifyDeadline(ackIds: readonly number[], deadlineUs: number, then: (invalid: number[]) => void): void {
    const held = ackIds.flatMap((ackId) => this.#leases.get(ackId) ?? []);
    const invalid = this.#home.config.exactlyOnce ? ackIds.filter((id) => !this.#leases.has(id)) : [];
    if (deadlineUs === 0) {
      for (const one of held) if (this.#leases.has(one.ackId)) this.#failed(one);
      this.#pump();
      then(invalid);
      return;
    }
    const untilUs = this.#home.io.sim.kernel.nowUs + deadlineUs;
    this.#leases.extend(held, untilUs);
    this.#home.keepLeases(this.#number, held.map(leaseOf), () => then(invalid));
  }

  /** Messages are too old to be kept. @returns those that nobody got */
  expire(entries: readonly Entry[]): Entry[] {
    const lost = entries.filter((entry) => this.#settle(entry));
    this.#report(lost.map(({ offset }) => offset));
    return lost;
  }

  #pump(): void {
    if (this.#busy) return;
    if (this.#next() === null) {
      if (this.#ready.length > 0) {
        this.#actor.send({ type: 'full' });
        this.#note();
      }
      return;
    }
    this.#busy = true;
    const copies = Math.min(this.#ready.length, BATCH);
    this.#home.place.work(this.#home.config.deliveryUs * copies, 'message', () => {
      this.#busy = false;
      this.#deliver(copies);
      this.#pump();
    });
  }

  /** The next message that may be sent, and to whom. */
  #next(): { at: number; stream: Wire } | null {
    const { ordered } = this.#home.config;
    for (let at = 0; at < this.#ready.length; at++) {
      const entry = this.#ready[at] as Entry;
      if (ordered && this.#blocked.has(entry.room)) continue;
      const stream = this.#streams.choose(entry);
      if (stream !== null) return { at, stream };
      if (!ordered) return null;
    }
    return null;
  }

  #deliver(copies: number): void {
    const { kernel } = this.#home.io.sim;
    const { ackDeadlineUs } = this.#home.config;
    const batches = new Map<Wire, Outstanding[]>();
    for (let i = 0; i < copies; i++) {
      const next = this.#next();
      if (next === null) break;
      const [entry] = this.#ready.splice(next.at, 1) as [Entry];
      const ackId = this.#home.newAckId();
      const untilUs = kernel.nowUs + ackDeadlineUs;
      const one = { entry, ackId, offset: entry.offset, untilUs, stream: next.stream };
      this.#again.delete(entry.offset);
      this.#hold(one);
      batches.set(next.stream, [...(batches.get(next.stream) ?? []), one]);
    }
    this.#actor.send({ type: 'room' });
    if (this.#noted > 0) this.#note();
    for (const [stream, batch] of batches)
      this.#home.keepLeases(this.#number, batch.map(leaseOf), () => this.#send(stream, batch));
  }

  #send(stream: Wire, batch: readonly Outstanding[]): void {
    // A stream that has ended meanwhile: its messages come back when their deadlines are over.
    if (!this.#streams.has(stream)) return;
    const { io, books, place } = this.#home;
    const messages: Received[] = [];
    for (const { ackId, entry } of batch) {
      if (!this.#leases.has(ackId)) continue;
      io.counts.forwarded++;
      if (books.sent(this.#number, entry.offset)) io.counts.redelivered++;
      messages.push({ ackId, entry, attempt: 1 + (this.#failures.get(entry.offset) ?? 0) });
      if (entry.offset >= this.#furthest) {
        this.#furthest = entry.offset + 1;
        books.cursor(place, this.#number, this.#furthest, false);
      }
    }
    const said: Said = { said: 'messages', messages };
    const carried = messages.map(({ entry }) => entry.message);
    if (messages.length > 0) sendCarrying(stream, 'pubsub.messages', saidBytes(said), said, carried);
  }

  #hold(one: Outstanding): void {
    this.#leases.hold(one);
    this.#streams.took(one.stream, one.entry);
    if (this.#home.config.ordered) this.#lines.sent(one.entry);
  }

  #release(one: Outstanding): void {
    this.#leases.release(one);
    this.#streams.released(one.stream, one.entry);
  }

  /** @returns whether it was not settled before */
  #settle(entry: Entry): boolean {
    const { offset } = entry;
    const held = this.#leases.of(offset);
    if (held !== undefined) this.#release(held);
    if (this.#again.delete(offset) || held === undefined)
      this.#ready = this.#ready.filter((one) => one !== entry);
    if (this.#home.config.ordered) this.#lines.acknowledged(entry);
    if (this.#settled.has(offset) || !this.#home.isLive(offset)) return false;
    this.#settled.add(offset);
    this.#failures.delete(offset);
    return true;
  }

  #report(settled: readonly number[]): void {
    const { books, place, end } = this.#home;
    if (settled.length > 0) this.#home.settled(this.#number, settled);
    const before = this.#frontier;
    while (this.#frontier < end && this.#isDone(this.#frontier)) this.#frontier++;
    if (this.#frontier > before) books.cursor(place, this.#number, this.#frontier, true);
    this.#pump();
  }

  #isDone(offset: number): boolean {
    return this.#settled.has(offset) || !this.#home.isLive(offset);
  }

  /** Its deadline is over, or its subscriber gave it back: it is sent again, with an ordering key all behind it too. */
  #failed(one: Outstanding): void {
    const { config, place } = this.#home;
    const { entry } = one;
    const failures = (this.#failures.get(entry.offset) ?? 0) + 1;
    this.#failures.set(entry.offset, failures);
    if (failures >= config.maxAttempts) {
      this.#settle(entry);
      this.#home.deadLettered(this.#number, entry);
      this.#report([entry.offset]);
      return;
    }
    const again = config.ordered ? this.#lines.from(entry, !config.exactlyOnce) : [entry];
    for (const { offset } of again) {
      const held = this.#leases.of(offset);
      if (held !== undefined) this.#release(held);
      this.#again.add(offset);
    }
    if (!config.backsOff) {
      this.#putBack(again);
      return;
    }
    let delayUs = config.minimumBackoffUs;
    for (let i = 1; i < failures && delayUs < config.maximumBackoffUs; i++) delayUs *= 2;
    if (config.ordered) this.#blocked.add(entry.room);
    place.later(Math.min(delayUs, config.maximumBackoffUs), () => {
      this.#blocked.delete(entry.room);
      this.#putBack(again);
      this.#pump();
    });
  }

  /** To the front of the backlog, as far as nobody has said meanwhile that it is done. */
  #putBack(again: readonly Entry[]): void {
    const back = new Set(again.filter(({ offset }) => this.#again.has(offset)));
    this.#ready = [...back, ...this.#ready.filter((entry) => !back.has(entry))];
  }

  #expired(over: Outstanding[]): void {
    // The first of a key takes the others with it; without keys the one that is put back last is at the front.
    const sign = this.#home.config.ordered ? 1 : -1;
    over.sort((a, b) => sign * (a.offset - b.offset));
    for (const one of over) if (this.#leases.has(one.ackId)) this.#failed(one);
    this.#pump();
  }

  /** What waits here for its server. */
  #note(): void {
    if (this.#server === null || this.#ready.length === this.#noted) return;
    this.#noted = this.#ready.length;
    const bytes = this.#ready.reduce((sum, entry) => sum + entry.bytes, 0);
    this.#home.io.buffered(this.#home.place, this.#server, bytes, this.#noted);
  }
}

const leaseOf = ({ offset, ackId, untilUs }: Outstanding): Lease => ({ offset, ackId, untilUs });

export const SUBSCRIPTION_ROLE: Role = { machine: subscriptionMachine, effects: {} };
